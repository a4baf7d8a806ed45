package org.latchkey.oauth.scope;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody is entitled to in their session.
 *
 * @param scope what of the scope that was asked for they may have
 * @param password whether they have to type a password for that first
 * @param wants what they have to prove for that first
 * @param used the schemes that it rests on
 * @param unmet whether a class that the client cannot do without is out of reach
 * @param acr the class of what was proved, if there is one
 * @param amr how it was proved (RFC 8176)
 */
public record Entitlement(
        Set<String> scope,
        boolean password,
        List<Want> wants,
        Set<String> used,
        boolean unmet,
        Optional<String> acr,
        Set<String> amr) {

    /** What an authorization remembers of how its owner proved who they are; no parameters of requests. */
    public static final String ACR = "acr";

    public static final String AMR = "amr";

    public Entitlement {
        scope = Set.copyOf(scope);
        wants = List.copyOf(wants);
        used = Set.copyOf(used);
        amr = Set.copyOf(amr);
    }

    public boolean isMissingSomething() {
        return password || !wants.isEmpty();
    }

    /** What to ask for first: what can be proved now, else what has to be set up. */
    public Optional<Want> next() {
        return wants.stream().filter(Want::isWithinReach).findFirst().or(() -> wants.stream()
                .findFirst()
                .map(each -> new Want(Set.of(), each.unset(), each.count())));
    }

    /** For an authorization to remember. */
    public Map<String, String> remembered() {
        Map<String, String> kept = new HashMap<>();
        kept.put(ACR, acr.orElse(""));
        if (!amr.isEmpty()) {
            kept.put(AMR, String.join(" ", new TreeSet<>(amr)));
        }
        return kept;
    }
}
