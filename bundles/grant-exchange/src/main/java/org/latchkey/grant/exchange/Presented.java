package org.latchkey.grant.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant.TokenRequest;

/**
 * A token that came with the request: good at this instance, at this moment. One that is bound to a key (RFC 9449, RFC 8705) is
 * not taken, since nobody has proved that key here: it could be one that was stolen.
 *
 * @param value the token; {@link #toString()} does not show it
 * @param claims what it says
 */
record Presented(String value, Map<String, Object> claims) {

    /** RFC 8693, 3: the one type that is served. */
    static final String TYPE = "urn:ietf:params:oauth:token-type:access_token";

    /**
     * The token of a role.
     *
     * @param role {@code subject} or {@code actor}
     * @return nothing if there is none
     */
    static Optional<Presented> of(TokenRequest request, String role) {
        Optional<String> value = request.text(role + "_token");
        Optional<String> type = request.text(role + "_token_type");
        if (value.isPresent() != type.isPresent()) {
            throw Errors.invalidRequest(role + "_token and " + role + "_token_type need each other.");
        }
        if (type.filter(given -> !given.equals(TYPE)).isPresent()) {
            throw Errors.invalidRequest("The " + role + "_token_type must be " + TYPE + ".");
        }
        return value.map(token -> good(request, token, role));
    }

    private static Presented good(TokenRequest request, String token, String role) {
        Map<String, Object> claims = request.instance()
                .inspect(token)
                .orElseThrow(() -> Errors.invalidRequest("The " + role + "_token is not good, or not any more."));
        if (claims.containsKey("cnf")) {
            throw Errors.invalidRequest("The " + role + "_token is bound to a key, and so cannot be exchanged.");
        }
        return new Presented(token, claims);
    }

    String text(String claim) {
        return claims.get(claim) instanceof String text ? text : "";
    }

    Set<String> scope() {
        return words(text("scope"));
    }

    static Set<String> words(String list) {
        return list.isBlank()
                ? Set.of()
                : new TreeSet<>(Arrays.asList(list.strip().split(" +")));
    }

    /** Whether it was given to that client, or is meant for a server that this is; others have no business with it. */
    boolean isFor(Client client) {
        List<String> resources = client.texts("resources");
        Object audience = claims.get("aud");
        boolean isMeant = audience instanceof List<?> all
                ? all.stream().anyMatch(resources::contains)
                : resources.contains(audience);
        return isMeant || text("client_id").equals(client.id());
    }

    /** Whether a client got it for itself: nobody's sign-in stands behind it. */
    boolean isOfClientItself() {
        return text("sub").equals(text("client_id")) && !claims.containsKey("auth_time");
    }

    @Override
    public String toString() {
        return "Presented[sub=" + text("sub") + ", client_id=" + text("client_id") + "]";
    }
}
