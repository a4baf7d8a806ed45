package org.latchkey.oauth.authorize;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.details.AuthorizationDetails;
import org.latchkey.oauth.mtls.MutualTls;

/** What a request at the authorization endpoint is held against, once it is known where the answer may go. */
final class AuthorizeChecks {

    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");
    private static final int LONGEST_CLAIMS = 16 * 1024;

    /** In bytes of JSON; sealed it goes through the browser with each page. */
    private static final int LARGEST = 40_000;

    /** One check; it refuses with the error that the client is told. */
    private interface Check {
        void of(RegisteredClient client, Parameters parameters) throws Refused;
    }

    private final Settings settings;

    private final List<Check> checks = List.of(
            this::requestFitsOnPages,
            this::responseTypeIsOffered,
            this::responseModeFitsType,
            this::scopeIsOfferedToClient,
            this::idTokenIsAskedForWithOpenId,
            this::idTokenAtThisEndpointHasNonce,
            this::challengeIsSound,
            this::publicClientHasChallenge,
            this::announcedKeyIsSound,
            this::boundTokensAreNotGivenHere,
            this::promptIsKnown,
            this::maxAgeIsNumber,
            this::claimsAreAnObject,
            this::detailsAreOffered,
            this::registrationIsNotThere);

    AuthorizeChecks(Settings settings) {
        this.settings = settings;
    }

    /** The request, if nothing speaks against it. */
    AuthorizeRequest passed(RegisteredClient client, Destination where, Parameters parameters) throws Refused {
        for (Check check : checks) {
            check.of(client, parameters);
        }
        return new AuthorizeRequest(
                client,
                where,
                words(parameters, "response_type"),
                scope(client, parameters),
                words(parameters, "prompt"),
                parameters.get("max_age").map(Long::parseLong).map(Duration::ofSeconds),
                parameters.get("claims").flatMap(Json::object).orElse(Map.of()),
                AuthorizationDetails.of(parameters.get(AuthorizationDetails.NAME)),
                parameters);
    }

    static Set<String> words(Parameters parameters, String name) {
        return parameters
                .get(name)
                .map(value -> (Set<String>) new TreeSet<>(List.of(value.strip().split(" +"))))
                .orElse(Set.of());
    }

    /** What of the scope asked for is offered; what is not is left out (RFC 6749, 3.3; OpenID Connect Core, 3.1.2.1). */
    private Set<String> scope(RegisteredClient client, Parameters parameters) {
        return words(parameters, "scope").stream()
                .filter(settings::offers)
                .filter(each ->
                        client.scope().map(allowed -> allowed.contains(each)).orElse(true))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void requestFitsOnPages(RegisteredClient client, Parameters parameters) throws Refused {
        Map<String, Object> all = new TreeMap<>(parameters.asMap());
        if (Json.bytes(all).length > LARGEST) {
            throw Refused.of("invalid_request", "The request is too large.");
        }
    }

    private void responseTypeIsOffered(RegisteredClient client, Parameters parameters) throws Refused {
        String type = RegisteredClient.sorted(parameters.require("response_type"));
        if (!settings.responseTypes().contains(type)) {
            throw Refused.of("unsupported_response_type", "This response_type is not offered.");
        }
        if (!client.responseTypes().contains(type)) {
            throw Refused.of("unauthorized_client", "The client is not registered for this response_type.");
        }
    }

    private void responseModeFitsType(RegisteredClient client, Parameters parameters) throws Refused {
        Optional<String> mode = parameters.get("response_mode");
        if (mode.isEmpty()) {
            return;
        }
        String type = RegisteredClient.sorted(parameters.require("response_type"));
        ResponseMode known = ResponseMode.of(mode.get(), type)
                .orElseThrow(() -> Refused.of("invalid_request", "This response_mode is not offered."));
        if (!known.fits(type)) {
            throw Refused.of("invalid_request", "Tokens are not sent in a query.");
        }
    }

    private void scopeIsOfferedToClient(RegisteredClient client, Parameters parameters) throws Refused {
        if (parameters.has("scope") && scope(client, parameters).isEmpty()) {
            throw Refused.of("invalid_scope", "Nothing of this scope is offered to the client.");
        }
    }

    private void idTokenIsAskedForWithOpenId(RegisteredClient client, Parameters parameters) throws Refused {
        if (words(parameters, "response_type").contains("id_token")
                && !scope(client, parameters).contains("openid")) {
            throw Refused.of("invalid_scope", "An id token needs the scope openid.");
        }
    }

    private void idTokenAtThisEndpointHasNonce(RegisteredClient client, Parameters parameters) throws Refused {
        if (words(parameters, "response_type").contains("id_token") && !parameters.has("nonce")) {
            throw Refused.of("invalid_request", "The parameter nonce is missing.");
        }
    }

    private void challengeIsSound(RegisteredClient client, Parameters parameters) throws Refused {
        Pkce.requireSound(parameters);
    }

    private void publicClientHasChallenge(RegisteredClient client, Parameters parameters) throws Refused {
        boolean needed = settings.pkceForAll() || client.isPublic();
        if (needed && words(parameters, "response_type").contains("code") && !parameters.has("code_challenge")) {
            throw Refused.of("invalid_request", "The parameter code_challenge is missing (PKCE, RFC 7636).");
        }
    }

    private void announcedKeyIsSound(RegisteredClient client, Parameters parameters) throws Refused {
        if (parameters
                .get("dpop_jkt")
                .filter(key -> !key.matches("[A-Za-z0-9_-]{43}"))
                .isPresent()) {
            throw Refused.of("invalid_request", "The dpop_jkt is no SHA-256 in base64url.");
        }
    }

    /** Nobody proves a key, or shows a client's certificate, at this endpoint. */
    private void boundTokensAreNotGivenHere(RegisteredClient client, Parameters parameters) throws Refused {
        boolean isBound = client.is("dpop_bound_access_tokens") || client.is(MutualTls.BOUND);
        if (words(parameters, "response_type").contains("token") && isBound) {
            throw Refused.of("unauthorized_client", "The client gets tokens at the token endpoint alone, bound to it.");
        }
    }

    private void promptIsKnown(RegisteredClient client, Parameters parameters) throws Refused {
        Set<String> prompt = words(parameters, "prompt");
        if (!PROMPTS.containsAll(prompt)) {
            throw Refused.of("invalid_request", "This prompt is not known.");
        }
        if (prompt.contains("none") && prompt.size() > 1) {
            throw Refused.of("invalid_request", "The prompt none stands alone.");
        }
    }

    private void maxAgeIsNumber(RegisteredClient client, Parameters parameters) throws Refused {
        if (parameters.get("max_age").filter(age -> !age.matches("[0-9]{1,9}")).isPresent()) {
            throw Refused.of("invalid_request", "The max_age is no number of seconds.");
        }
    }

    private void claimsAreAnObject(RegisteredClient client, Parameters parameters) throws Refused {
        Optional<String> claims = parameters.get("claims");
        if (claims.isPresent()
                && (claims.get().length() > LONGEST_CLAIMS
                        || Json.object(claims.get()).isEmpty())) {
            throw Refused.of("invalid_request", "The claims are no JSON object, or too large.");
        }
    }

    private void detailsAreOffered(RegisteredClient client, Parameters parameters) throws Refused {
        AuthorizationDetails.of(parameters.get(AuthorizationDetails.NAME))
                .requireOffered(settings.detailTypes(), client);
    }

    private void registrationIsNotThere(RegisteredClient client, Parameters parameters) throws Refused {
        if (parameters.has("registration")) {
            throw Refused.of("registration_not_supported", "The parameter registration is not supported.");
        }
    }
}
