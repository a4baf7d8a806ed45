package org.latchkey.oauth.client;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.http.Request;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;

/**
 * What a request says to prove which client sends it (RFC 6749, 2.3), not checked yet.
 *
 * @param kind how it says so
 * @param client the {@code client_id} it names
 * @param proof the secret or the assertion; empty if there is none
 */
record Presented(Kind kind, String client, String proof) {

    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final int LONGEST_ASSERTION = 16 * 1024;
    private static final List<String> SECRETS = List.of("client_secret", "client_assertion");

    enum Kind {
        NONE,
        BASIC,
        POST,
        ASSERTION
    }

    /**
     * Reads it from a request.
     *
     * @throws Refused {@code invalid_request} if it is said in two ways or in the query, {@code invalid_client} if not at all
     */
    static Presented of(Request request, Parameters form) throws Refused {
        refuseInQuery(request);
        List<Presented> all = new ArrayList<>();
        Optional<String> header = request.header("Authorization").filter(Presented::isBasic);
        if (header.isPresent()) {
            all.add(basic(header.get()));
        }
        if (form.has("client_secret")) {
            all.add(new Presented(Kind.POST, form.require("client_id"), form.require("client_secret")));
        }
        if (form.has("client_assertion") || form.has("client_assertion_type")) {
            all.add(assertion(form));
        }
        if (all.size() > 1) {
            throw Refused.of("invalid_request", "A client authenticates itself in one way only.");
        }
        if (all.isEmpty()) {
            String id = form.get("client_id").orElseThrow(() -> Refused.invalidClient("No client is named."));
            return new Presented(Kind.NONE, id, "");
        }
        return all.get(0).agreeingWith(form.get("client_id"));
    }

    /** A query is in every log on the way (RFC 6749, 2.3.1: they must not be in the URI). */
    private static void refuseInQuery(Request request) throws Refused {
        for (String name : SECRETS) {
            if (!request.query(name).isEmpty()) {
                throw Refused.of("invalid_request", "The parameter " + name + " must not be in the URL.");
            }
        }
    }

    private static boolean isBasic(String header) {
        return header.regionMatches(true, 0, "Basic ", 0, "Basic ".length());
    }

    private static Presented basic(String header) throws Refused {
        try {
            ClientSecretBasic basic = ClientSecretBasic.parse(
                    "Basic " + header.substring("Basic ".length()).strip());
            return new Presented(
                    Kind.BASIC,
                    basic.getClientID().getValue(),
                    basic.getClientSecret().getValue());
        } catch (ParseException | IllegalArgumentException malformed) {
            throw ClientAuthentication.challenged(Refused.invalidClient("The Basic credentials are malformed."));
        }
    }

    private static Presented assertion(Parameters form) throws Refused {
        if (!form.require("client_assertion_type").equals(ASSERTION_TYPE)) {
            throw Refused.of("invalid_request", "The only client_assertion_type is " + ASSERTION_TYPE + ".");
        }
        String assertion = form.require("client_assertion");
        try {
            if (assertion.length() > LONGEST_ASSERTION) {
                throw Refused.invalidClient("The client_assertion is too long.");
            }
            String subject = SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
            if (subject == null) {
                throw Refused.invalidClient("The client_assertion has no sub.");
            }
            return new Presented(Kind.ASSERTION, subject, assertion);
        } catch (java.text.ParseException malformed) {
            throw Refused.invalidClient("The client_assertion is no signed JWT.");
        }
    }

    private Presented agreeingWith(Optional<String> id) throws Refused {
        if (!id.orElse(client).equals(client)) {
            throw Refused.of("invalid_request", "The client_id is not that of the client that authenticates itself.");
        }
        return this;
    }

    /** Without the proof. */
    @Override
    public String toString() {
        return "Presented[" + kind + ", " + client + "]";
    }
}
