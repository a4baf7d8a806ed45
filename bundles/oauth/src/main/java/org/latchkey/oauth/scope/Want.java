package org.latchkey.oauth.scope;

import java.util.Set;

/**
 * What somebody has to prove yet.
 *
 * @param choices schemes that will do
 * @param unset schemes that would do if they were set up
 * @param count how many of them
 */
public record Want(Set<String> choices, Set<String> unset, int count) {
    public Want {
        choices = Set.copyOf(choices);
        unset = Set.copyOf(unset);
    }

    /** Whether the choices are enough. */
    boolean isWithinReach() {
        return choices.size() >= count;
    }
}
