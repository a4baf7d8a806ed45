package org.latchkey.cas.answer;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose ticket it was (CAS 3.0.3, section 2.5.2).
 *
 * @param attributes what the application may know of them, in the order in which it is told; see {@link AttributeNames}
 * @param attributesTold whether this endpoint tells them: those of the protocol's version 2 do not
 * @param authenticatedAt when the credentials were shown
 * @param remembered whether a long-lived sign-in was used ({@code longTermAuthenticationRequestTokenUsed})
 * @param fromNewLogin whether the ticket was granted for credentials, not for an earlier sign-in
 * @param pgtIou which proxy-granting ticket the callback got, if it was asked for one
 * @param proxies the callbacks the ticket went through, the most recent first; empty for a service ticket
 */
public record Success(
        String user,
        Map<String, List<String>> attributes,
        boolean attributesTold,
        Instant authenticatedAt,
        boolean remembered,
        boolean fromNewLogin,
        Optional<String> pgtIou,
        List<String> proxies) {

    /** @throws IllegalArgumentException if the user has no name */
    public Success {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("A success needs a user.");
        }
        Map<String, List<String>> copy = new LinkedHashMap<>();
        attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        attributes = Collections.unmodifiableMap(copy);
        proxies = List.copyOf(proxies);
    }

    /**
     * Whether there is anything to say below {@code attributes}: also where the attributes are not told a long-lived
     * sign-in is (section 4.1.3).
     */
    boolean tellsAttributes() {
        return attributesTold || remembered;
    }

    /** The attributes under the names by which they are told; none where they are not. */
    Map<String, List<String>> claims() {
        return attributesTold ? AttributeNames.told(attributes) : Map.of();
    }
}
