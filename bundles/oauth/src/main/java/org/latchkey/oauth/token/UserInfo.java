package org.latchkey.oauth.token;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Security;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.dpop.Binding;
import org.latchkey.oauth.dpop.Proofs;
import org.latchkey.oauth.mtls.MutualTls;
import org.latchkey.oauth.mtls.PresentedCertificate;
import org.latchkey.oauth.token.Inspection.Good;
import org.latchkey.oauth.token.StandardClaims.Place;

/**
 * The userinfo endpoint (OpenID Connect Core, 5.3): with bearer tokens (RFC 6750), with tokens that are bound to a key and come
 * with a proof of it (RFC 9449, 7), and with those that are bound to a certificate and come over a connection that was opened with
 * it (RFC 8705, 3). One that is bound to a key is never taken as a bearer token, nor the other way about.
 */
public final class UserInfo {

    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";
    private static final long LONGEST_FORM = 64 * 1024;

    private final Inspection inspection;
    private final StandardClaims claims;
    private final SignedUserInfo form;
    private final Proofs proofs;
    private final MutualTls tls;
    private final Security security;

    public UserInfo(
            Inspection inspection,
            StandardClaims claims,
            SignedUserInfo form,
            Proofs proofs,
            MutualTls tls,
            Security security) {
        this.inspection = inspection;
        this.claims = claims;
        this.form = form;
        this.proofs = proofs;
        this.tls = tls;
        this.security = security;
    }

    /** A token and how it was sent. */
    private record Shown(String scheme, String token) {}

    /** {@code GET} and {@code POST /userinfo}. */
    public Response answer(Request request) throws IOException {
        Optional<Shown> shown = shown(request);
        if (shown.isEmpty()) {
            return Response.empty(401).withHeader("WWW-Authenticate", BEARER + ", " + DPOP + algorithms());
        }
        try {
            Good good = good(request, shown.get());
            return proofs.withNonce(form.answer(good.client(), told(good)), good.client());
        } catch (Refused refused) {
            return refused(shown.get(), refused);
        }
    }

    private Good good(Request request, Shown shown) throws Refused {
        Good good = inspection
                .good(shown.token())
                .filter(each -> each.live().isPresent())
                .orElseThrow(UserInfo::notGood);
        Binding binding = Binding.of(good.claims());
        if (!binding.tokenType().equals(shown.scheme())) {
            throw Refused.of("invalid_token", 401, "The access token is not one of the scheme " + shown.scheme() + ".");
        }
        if (security.boundOnly() && !binding.isBound()) {
            throw Refused.of("invalid_token", 401, "Only tokens that are bound to their client are taken.");
        }
        if (binding.isToKey()) {
            requireProof(request, good, shown.token());
        }
        if (binding.certificate().isPresent()) {
            requireCertificate(request, binding);
        }
        if (!Scopes.words(good.claim("scope")).contains("openid")) {
            throw Refused.of("insufficient_scope", 403, "This needs the scope openid.");
        }
        return good;
    }

    private void requireProof(Request request, Good good, String token) throws Refused {
        Binding proved = proofs.shown(request, good.client(), Optional.of(token));
        if (!proved.isToKey()) {
            throw Refused.of("invalid_dpop_proof", "There is no DPoP proof.");
        }
        if (!proved.thumbprint().equals(Binding.of(good.claims()).thumbprint())) {
            throw notGood();
        }
    }

    private void requireCertificate(Request request, Binding binding) throws Refused {
        Optional<String> shown = tls.shown(request).map(PresentedCertificate::thumbprint);
        if (!shown.equals(binding.certificate())) {
            throw Refused.of("invalid_token", 401, "The access token is bound to a certificate, which was not shown.");
        }
    }

    private static Refused notGood() {
        return Refused.of("invalid_token", 401, "The access token is not good, or not any more.");
    }

    private Map<String, Object> told(Good good) {
        Authorization authorization = good.live().orElseThrow().authorization();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sub", good.claim("sub"));
        told.putAll(claims.of(authorization, Place.USERINFO, Scopes.words(good.claim("scope"))));
        return told;
    }

    /** In the header or in a form (RFC 6750, 2.1 and 2.2), never in the query, where logs would see it. */
    private static Optional<Shown> shown(Request request) throws IOException {
        Optional<Shown> header = request.header("Authorization").flatMap(UserInfo::shown);
        boolean isForm = request.method().equals("POST")
                && request.header("Content-Type")
                        .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                        .isPresent();
        if (header.isPresent() || !isForm) {
            return header;
        }
        return request.form(LONGEST_FORM).getOrDefault("access_token", List.of()).stream()
                .findFirst()
                .map(token -> new Shown(BEARER, token));
    }

    private static Optional<Shown> shown(String header) {
        for (String scheme : List.of(BEARER, DPOP)) {
            if (header.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)) {
                return Optional.of(
                        new Shown(scheme, header.substring(scheme.length()).strip()));
            }
        }
        return Optional.empty();
    }

    /** With the challenge of the scheme that was tried; a proof that is wrong counts as a wrong credential (RFC 9449, 7.1). */
    private Response refused(Shown shown, Refused refused) {
        int status = refused.status() == 400 ? 401 : refused.status();
        String challenge = shown.scheme() + " error=\"" + refused.error() + "\", error_description=\""
                + refused.json().get("error_description") + "\"";
        String algorithms = shown.scheme().equals(DPOP) ? "," + algorithms() : ", " + DPOP + algorithms();
        Response answer = Json.answer(status, refused.json()).withHeader("WWW-Authenticate", challenge + algorithms);
        for (Map.Entry<String, String> header : refused.headers().entrySet()) {
            answer = answer.withHeader(header.getKey(), header.getValue());
        }
        return answer;
    }

    private String algorithms() {
        return " algs=\"" + String.join(" ", proofs.algorithms()) + "\"";
    }
}
