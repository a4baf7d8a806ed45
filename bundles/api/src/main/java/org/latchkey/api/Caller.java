package org.latchkey.api;

import java.util.Set;

/**
 * Who asks for something and over which way.
 *
 * @param id the authenticated entity; {@code anonymous} before sign-in, {@code shell} for the local shell
 * @param capabilities what it may do at this moment
 * @param requestId ties together everything one request caused
 * @param address where it came from: {@code local} for the shell, else the peer's IP address
 * @param forwarded whether the request says that a proxy passed it on
 */
public record Caller(String id, Set<Capability> capabilities, String requestId, String address, boolean forwarded) {

    /** The address of the local shell. */
    public static final String LOCAL = "local";

    public Caller {
        capabilities = Set.copyOf(capabilities);
    }

    /** The operator at the local shell, who may do everything. */
    public static Caller shell(String requestId) {
        return new Caller("shell", Set.of(Capability.GLOBAL_ROOT), requestId, LOCAL, false);
    }

    /** Refuses whoever does not hold the capability. */
    public void require(Capability capability) {
        if (!capability.in(capabilities)) {
            throw Refusal.of(Refusal.Kind.DENIED, "denied", "This needs the capability " + capability + ".");
        }
    }
}
