package org.latchkey.api.oauth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A way to get tokens (RFC 6749, 4.5): what one value of {@code grant_type} means, and what the server offers for it. The
 * type, the additions to the metadata and the paths come and go with the plugin, at every instance of the server.
 *
 * <p>A method refuses with a {@link org.latchkey.api.Refusal} whose code is an error of RFC 6749, 5.2 or of the grant's own
 * specification, such as {@code authorization_pending}; the client gets it as such.
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
    default Optional<Response> handle(Instance instance, Request request) throws IOException {
        return Optional.empty();
    }

    /** An instance of the server, as a grant sees it. */
    @ProviderType
    interface Instance {

        /** The issuer, without a slash at the end. */
        String issuer();

        /** The path of the instance on this server, such as {@code /oidc}. */
        String path();

        /**
         * What a client posts to a path of the grant's own, like a request at the token endpoint: refused unless it is a form
         * ({@code invalid_request}) of a client that has authenticated itself (UNAUTHENTICATED, {@code invalid_client}).
         * Whether the client is registered for the grant is for the grant to judge.
         */
        TokenRequest authenticated(Request request) throws IOException;

        /** The client of that id, if there is one at this moment. */
        Optional<Client> client(String id);

        /**
         * The scope this client gets of what it asks for: all of it, or none if it asks for none; refused ({@code
         * invalid_scope}) if that is more than it may.
         */
        Set<String> scope(Client client, Optional<String> asked);

        /** The claims of a token that this instance issued and that is good now, by the names of RFC 7662; else nothing. */
        Optional<Map<String, Object>> inspect(String token);
    }

    /**
     * A request of a client.
     *
     * @param parameters those of the form that have a value; each once, but for {@code resource} and {@code audience}, which
     *     may be there more than once. Client credentials are no part of it
     */
    record TokenRequest(Instance instance, Client client, Map<String, List<String>> parameters, Request http) {
        public TokenRequest {
            parameters = parameters.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> List.copyOf(each.getValue())));
        }

        /** The value of a parameter, if it is there. */
        public Optional<String> text(String name) {
            return texts(name).stream().findFirst();
        }

        /** All values of a parameter. */
        public List<String> texts(String name) {
            return parameters.getOrDefault(name, List.of());
        }

        /** Without the values, which may be secrets. */
        @Override
        public String toString() {
            return "TokenRequest[client=" + client.id() + ", request=" + http.id() + ", parameters="
                    + new TreeMap<>(parameters).keySet() + "]";
        }
    }

    /** On what something is granted. */
    sealed interface Basis {}

    /** The client acts for itself: its token stands for nobody else. */
    record Itself() implements Basis {}

    /**
     * Somebody has authorised the client. The tokens hang on an authorization of their own. Refused ({@code invalid_grant}) if
     * they are locked, or the session has ended by then, and ({@code access_denied}) if they may not use the client.
     *
     * @param principal whose source is {@code directory}, or the component name of the authenticator, the recognizer or the grant
     *     that vouches for them; what they allowed is good for nothing while that is not there
     * @param session the id of the session in which they did, empty if there was none
     * @param authenticatedAt when they last proved who they are
     */
    record Owner(Principal principal, Claims claims, String session, Instant authenticatedAt) implements Basis {}

    /**
     * A token that somebody's authorization stands behind is good for another one of less: the new one hangs on the same
     * authorization, ends with the old one at the latest, and never comes with a refresh token. Refused ({@code
     * invalid_grant}) if the old one is not good any more or is bound to a key, ({@code invalid_scope}) if the scope is more
     * than it has or is one for the application that somebody signs in to ({@code openid}, {@code offline_access}), and ({@code
     * access_denied}) if its owner may not use the client.
     *
     * @param token an access token of this instance; {@link #toString()} does not show it
     */
    record Subject(String token) implements Basis {
        @Override
        public String toString() {
            return "Subject[]";
        }
    }

    /**
     * What is granted.
     *
     * @param scope of the access token
     * @param audience of the access token (RFC 8707); empty for the instance itself
     * @param refreshable whether a refresh token comes with it, if the client is registered for them
     * @param life of the access token; without one that of the instance
     * @param claims what else the access token says; those of RFC 9068 are the server's
     * @param answer what else the answer says, such as {@code issued_token_type} (RFC 8693)
     */
    record Granted(
            Basis basis,
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
        public static Granted to(Basis basis, Set<String> scope) {
            return new Granted(basis, scope, List.of(), true, Optional.empty(), Map.of(), Map.of());
        }
    }
}
