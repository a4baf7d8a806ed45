package org.latchkey.procs.access;

import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Authentication;
import org.latchkey.procs.access.Visitor.Proof;

/** What somebody may do: the one rule for lists and for decisions. */
public final class Access {

    private final Authentication authentication;
    private final Set<String> adminGroups;

    /** @param adminGroups whose members change procs and secrets; none means nobody, and no member at all */
    public Access(Authentication authentication, Set<String> adminGroups) {
        this.authentication = authentication;
        this.adminGroups = Set.copyOf(adminGroups);
    }

    /** Whether they may do what is reserved to these groups; no groups means everybody who is signed in. */
    public boolean permits(Visitor visitor, Set<String> groups) {
        return visitor.proof() == Proof.CLAIMED
                || authentication.permits(visitor.caller(), visitor.principal(), groups);
    }

    /** @throws Refusal (DENIED) unless they are in one of these groups; an administrator has no privilege here */
    public void requireMember(Visitor visitor, Set<String> groups) {
        if (!permits(visitor, groups)) {
            throw Refusal.of(Refusal.Kind.DENIED, "denied", "This is for members of groups that you are not in.");
        }
    }

    /** @throws Refusal (DENIED) unless they may change procs and secrets */
    public void requireAdmin(Visitor visitor) {
        boolean allowed = visitor.proof() == Proof.CLAIMED
                || Capability.GLOBAL_ROOT.in(visitor.principal().capabilities())
                || !adminGroups.isEmpty() && permits(visitor, adminGroups);
        if (!allowed) {
            throw Refusal.of(Refusal.Kind.DENIED, "denied", "This is for administrators of procs.");
        }
    }
}
