package org.latchkey.oauth.scope;

import java.util.Set;
import java.util.TreeSet;

/**
 * Schemes of which some have to be proved.
 *
 * @param name for the operator
 * @param schemes their names
 * @param required how many of them
 */
public record SchemeGroup(String name, Set<String> schemes, int required) {
    public SchemeGroup {
        schemes = Set.copyOf(new TreeSet<>(schemes));
    }
}
