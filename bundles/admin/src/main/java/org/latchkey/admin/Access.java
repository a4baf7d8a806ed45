package org.latchkey.admin;

import java.util.List;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;

/** Who may use a route. Changes of the directory ask for a token only: the directory itself checks the rest. */
enum Access {
    /** Everybody; no token is looked at. */
    PUBLIC {
        @Override
        void check(Principal principal, List<String> arguments) {}
    },
    /** Whoever holds a valid token. */
    TOKEN {
        @Override
        void check(Principal principal, List<String> arguments) {}
    },
    /** The entity that the first argument names, and whoever holds a capability. */
    SELF_OR_ANY_CAPABILITY {
        @Override
        void check(Principal principal, List<String> arguments) {
            if (!principal.id().equals(arguments.get(0))) {
                ANY_CAPABILITY.check(principal, arguments);
            }
        }
    },
    /** Whoever holds at least one capability. */
    ANY_CAPABILITY {
        @Override
        void check(Principal principal, List<String> arguments) {
            if (principal.capabilities().isEmpty()) {
                throw Refusal.of(Refusal.Kind.DENIED, "denied", "This needs a capability.");
            }
        }
    },
    /** Whoever holds {@link Capability#GLOBAL_ROOT}. */
    ROOT {
        @Override
        void check(Principal principal, List<String> arguments) {
            if (!principal.capabilities().contains(Capability.GLOBAL_ROOT)) {
                throw Refusal.of(Refusal.Kind.DENIED, "denied", "This needs the capability GLOBAL_ROOT.");
            }
        }
    };

    /** Refuses whoever may not. */
    abstract void check(Principal principal, List<String> arguments);
}
