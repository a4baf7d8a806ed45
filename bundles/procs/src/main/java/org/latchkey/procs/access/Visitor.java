package org.latchkey.procs.access;

import org.latchkey.api.Caller;
import org.latchkey.api.Principal;

/**
 * Who asks.
 *
 * @param principal who they are
 * @param caller where they come from
 * @param proof how that is known
 */
public record Visitor(Principal principal, Caller caller, Proof proof) {

    /** How it is known who somebody is. */
    public enum Proof {
        /** They have shown a token of theirs. */
        SHOWN,
        /** They say so: the operator has switched authentication off. */
        CLAIMED
    }

    public String id() {
        return principal.id();
    }
}
