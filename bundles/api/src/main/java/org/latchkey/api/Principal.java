package org.latchkey.api;

import java.util.Set;

/**
 * Somebody who has proved who they are.
 *
 * @param id the name they signed in with
 * @param source the authenticator that vouches: {@code directory} for the built-in one
 * @param groups all groups they are in
 * @param capabilities all they may do, groups included
 */
public record Principal(String id, String source, Set<String> groups, Set<Capability> capabilities) {

    public Principal {
        groups = Frozen.set(groups);
        capabilities = Frozen.set(capabilities);
    }
}
