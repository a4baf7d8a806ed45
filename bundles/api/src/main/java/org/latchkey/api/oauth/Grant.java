package org.latchkey.api.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to get tokens (RFC 6749, 4.5): what one value of {@code grant_type} means, and what the server offers for it. The
 * type, the additions to the metadata and the paths come and go with the plugin, at every instance of the server.
 *
 * <p>A method refuses with a {@link org.latchkey.api.Refusal} whose code is an error of RFC 6749, 5.2 or of the grant's own
 * specification, such as {@code authorization_pending}.
 */
@ConsumerType
public interface Grant {

    /** The value of {@code grant_type}. */
    String type();

    /** Judges a request at the token endpoint by a client that is authenticated and registered for this type. */
    Granted grant(TokenRequest request);

    /**
     * What it adds to the metadata of the server (RFC 8414).
     *
     * @param issuer of the instance, without a slash at the end
     */
    default Map<String, Object> metadata(String issuer) {
        return Map.of();
    }

    /**
     * Answers a request to a path of its own below the instance, such as {@code /device}; nothing if the path is not one of
     * its own. Paths of the server itself do not come here.
     */
    default Optional<Response> handle(Instance instance, Request request) {
        return Optional.empty();
    }

    /** An instance of the server, as a grant sees it. */
    interface Instance {

        /** The issuer, without a slash at the end. */
        String issuer();

        /** The path of the instance on this server, such as {@code /oidc}. */
        String path();

        /**
         * The client that has authenticated itself in this form (RFC 6749, 2.3), refused (UNAUTHENTICATED,
         * {@code invalid_client}) if it has not.
         */
        Client authenticated(Request request, Map<String, List<String>> form);

        /** The scope this client gets of what it asks for; refused ({@code invalid_scope}) if that is more than it may. */
        Set<String> scope(Client client, Optional<String> asked);

        /** The claims of a token that this instance issued and that is good now, by the names of RFC 7662; else nothing. */
        Optional<Map<String, Object>> inspect(String token);
    }

    /**
     * A request at the token endpoint.
     *
     * @param parameters those of the form, each once; client credentials are no part of it
     */
    record TokenRequest(Instance instance, Client client, Map<String, String> parameters, Request http) {
        public TokenRequest {
            parameters = Map.copyOf(parameters);
        }

        /** Without the parameters, which may be secrets. */
        @Override
        public String toString() {
            return "TokenRequest[client=" + client.id() + ", request=" + http.id() + "]";
        }
    }

    /**
     * Somebody who has authorised a client.
     *
     * @param session the id of the session in which they did, empty if there was none
     * @param authenticatedAt when they last proved who they are
     */
    record Owner(Principal principal, Claims claims, String session, Instant authenticatedAt) {}

    /**
     * What is granted.
     *
     * @param owner who has authorised it; nobody where the client acts for itself
     * @param scope of the access token
     * @param audience of the access token (RFC 8707); empty for the instance itself
     * @param refreshable whether a refresh token comes with it, if the client is registered for them
     * @param life of the access token; without one that of the instance
     * @param claims what else the access token says
     * @param answer what else the answer says, such as {@code issued_token_type} (RFC 8693)
     */
    record Granted(
            Optional<Owner> owner,
            Set<String> scope,
            List<String> audience,
            boolean refreshable,
            Optional<Duration> life,
            Map<String, Object> claims,
            Map<String, Object> answer) {

        public Granted {
            scope = Set.copyOf(scope);
            audience = List.copyOf(audience);
            claims = Map.copyOf(claims);
            answer = Map.copyOf(answer);
        }

        /** The usual: an access token, and a refresh token if the client is registered for them. */
        public static Granted to(Owner owner, Set<String> scope) {
            return new Granted(Optional.of(owner), scope, List.of(), true, Optional.empty(), Map.of(), Map.of());
        }
    }
}
