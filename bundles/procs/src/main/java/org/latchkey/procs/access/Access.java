package org.latchkey.procs.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.latchkey.api.Capability;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Authentication.Decision;
import org.latchkey.procs.access.Visitor.Proof;
import org.latchkey.procs.proc.Proc;

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
        return decide(visitor, groups) == Decision.PERMITTED;
    }

    /** What {@link #permits} says, for one request: of the same groups it is asked once, so that there is one receipt for them. */
    public Predicate<Set<String>> permissions(Visitor visitor) {
        Map<Set<String>, Boolean> decided = new HashMap<>();
        return groups -> decided.computeIfAbsent(groups, each -> permits(visitor, each));
    }

    private Decision decide(Visitor visitor, Set<String> groups) {
        return visitor.proof() == Proof.CLAIMED
                ? Decision.PERMITTED
                : authentication.decide(visitor.caller(), visitor.principal(), groups);
    }

    /**
     * @throws Refusal (DENIED) unless they are in one of these groups; an administrator has no privilege here. (UNAVAILABLE) if
     *     nobody knows, since an authorizer failed: they may not then, but are not told that they may not
     */
    public void requireMember(Visitor visitor, Set<String> groups) {
        require(decide(visitor, groups), "This is for members of groups that you are not in.");
    }

    /** The same for a proc that they name, which the refusal tells. */
    public void requireMember(Visitor visitor, Proc proc) {
        require(
                decide(visitor, proc.groups()),
                "The proc \"" + proc.name() + "\" is for members of groups that you are not in.");
    }

    /** @throws Refusal (DENIED) unless they may change procs and secrets; (UNAVAILABLE) if nobody knows */
    public void requireAdmin(Visitor visitor) {
        if (Capability.GLOBAL_ROOT.in(visitor.principal().capabilities())) {
            return;
        }
        Decision decision = adminGroups.isEmpty() && visitor.proof() == Proof.SHOWN
                ? Decision.DENIED
                : decide(visitor, adminGroups);
        require(decision, "This is for administrators of procs.");
    }

    private static void require(Decision decision, String denial) {
        if (decision == Decision.UNDECIDED) {
            throw Refusal.of(
                    Refusal.Kind.UNAVAILABLE, "undecided", "Whether you may do this cannot be told at the moment.");
        }
        if (decision == Decision.DENIED) {
            throw Refusal.of(Refusal.Kind.DENIED, "denied", denial);
        }
    }
}
