package org.latchkey.oauth.token;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.token.Inspection.Good;
import org.latchkey.oauth.token.StandardClaims.Place;

/** The userinfo endpoint (OpenID Connect Core, 5.3), with access tokens as bearer tokens (RFC 6750). */
public final class UserInfo {

    private static final String SCHEME = "Bearer ";
    private static final long LONGEST_FORM = 64 * 1024;

    private final Inspection inspection;
    private final StandardClaims claims;

    public UserInfo(Inspection inspection, StandardClaims claims) {
        this.inspection = inspection;
        this.claims = claims;
    }

    /** {@code GET} and {@code POST /userinfo}. */
    public Response answer(Request request) throws IOException {
        Optional<String> token = token(request);
        if (token.isEmpty()) {
            return Response.empty(401).withHeader("WWW-Authenticate", "Bearer");
        }
        Optional<Good> good = inspection.good(token.get());
        if (good.isEmpty() || good.get().live().isEmpty()) {
            return refused(401, "invalid_token", "The access token is not good, or not any more.");
        }
        if (!Scopes.words(good.get().claim("scope")).contains("openid")) {
            return refused(403, "insufficient_scope", "This needs the scope openid.");
        }
        return Json.answer(200, told(good.get()));
    }

    private Map<String, Object> told(Good good) {
        Authorization authorization = good.live().orElseThrow().authorization();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sub", good.claim("sub"));
        told.putAll(claims.of(authorization, Place.USERINFO, Scopes.words(good.claim("scope"))));
        return told;
    }

    /** In the header or in a form (RFC 6750, 2.1 and 2.2), never in the query, where logs would see it. */
    private static Optional<String> token(Request request) throws IOException {
        Optional<String> header = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
        boolean isForm = request.method().equals("POST")
                && request.header("Content-Type")
                        .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                        .isPresent();
        if (header.isPresent() || !isForm) {
            return header;
        }
        return request.form(LONGEST_FORM).getOrDefault("access_token", List.of()).stream()
                .findFirst();
    }

    private static Response refused(int status, String error, String description) {
        return Json.answer(status, Map.of("error", error, "error_description", description))
                .withHeader(
                        "WWW-Authenticate",
                        "Bearer error=\"" + error + "\", error_description=\"" + description + "\"");
    }
}
