package org.latchkey.oauth.authorize;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.service.SignIn;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.details.AuthorizationDetails;

/**
 * A request at the authorization endpoint that has passed every check.
 *
 * @param where the answer goes
 * @param responseType its words
 * @param scope what is asked for, as far as the client may have it
 * @param prompt its words (OpenID Connect Core, 3.1.2.1)
 * @param maxAge how long ago the sign-in may be
 * @param claims the claims parameter, as JSON values (5.5)
 * @param details what exactly is asked for (RFC 9396)
 * @param parameters as they came
 */
record AuthorizeRequest(
        RegisteredClient client,
        Destination where,
        Set<String> responseType,
        Set<String> scope,
        Set<String> prompt,
        Optional<Duration> maxAge,
        Map<String, Object> claims,
        AuthorizationDetails details,
        Parameters parameters) {

    /** The parameters that are looked at; all others are ignored. */
    static final Set<String> PARAMETERS = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "response_mode",
            "nonce",
            "display",
            "prompt",
            "max_age",
            "ui_locales",
            "claims_locales",
            "id_token_hint",
            "login_hint",
            "acr_values",
            "claims",
            "request",
            "request_uri",
            "registration",
            "code_challenge",
            "code_challenge_method",
            "resource",
            "authorization_details",
            "dpop_jkt");

    /** The same with less. */
    AuthorizeRequest with(Set<String> otherScope, Map<String, Object> otherClaims) {
        return new AuthorizeRequest(
                client, where, responseType, otherScope, prompt, maxAge, otherClaims, details, parameters);
    }

    /** What it wants of who has to sign in for it. */
    SignIn.Demand demand() {
        boolean fresh = prompt.contains("login") || prompt.contains("select_account") || maxAge.isPresent();
        return fresh ? SignIn.Demand.CREDENTIALS : SignIn.Demand.ANY_PROOF;
    }

    boolean isOpenId() {
        return scope.contains("openid");
    }

    boolean asksFor(String word) {
        return responseType.contains(word);
    }
}
