package org.latchkey.procs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Directory;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.access.Visitor.Proof;
import org.latchkey.procs.access.Vouchers;

/**
 * Asks, each time that a schedule is due, whether its owner may still run the proc.
 *
 * <p>For whomever the directory has as an entity, whoever vouched for them, everything is asked anew: that it is there, is the same, is not
 * locked, and is in one of the groups, as with a token of theirs. Others, such as people of Gate, cannot be asked about while they are not
 * there. What was known of them when they last touched the schedule counts for a limited time, against the groups that the proc has now,
 * and only as long as the authenticator that vouched for them is there; then they have to touch it again. Whoever only claimed to be
 * somebody, while authentication was off, counts for nothing once it is on.
 */
public final class OwnerCheck {

    /** Whether people have to prove who they are at the moment. */
    public enum Guard {
        ON,
        OFF
    }

    private static final String NOBODY_VOUCHES =
            "who vouched for its owner is not there or is not to be heard any more";

    private final Directory directory;
    private final Access access;
    private final Vouchers vouchers;
    private final Guard guard;
    private final Duration trust;

    /** @param trust for how long the groups of an owner from elsewhere count */
    OwnerCheck(Directory directory, Access access, Vouchers vouchers, Guard guard, Duration trust) {
        this.directory = directory;
        this.access = access;
        this.vouchers = vouchers;
        this.guard = guard;
        this.trust = trust;
    }

    /** The number of the entity that the directory has for a principal, whoever vouched for it; 0 if it has none. */
    long number(Principal principal) {
        return directory.entity(principal.id()).map(Entity::number).orElse(0L);
    }

    /** Why it may not run; nothing if it may. */
    Optional<String> objection(Owner owner, Set<String> groups, Instant now) {
        if (owner.proof() == Proof.CLAIMED) {
            return guard == Guard.OFF
                    ? Optional.empty()
                    : Optional.of("it is not proved who its owner is; somebody has to change it");
        }
        Optional<Entity> entity = directory.entity(owner.id());
        if (entity.filter(Entity::locked).isPresent()) {
            return Optional.of("its owner is locked");
        }
        if (owner.isOfDirectory()) {
            return ofDirectory(owner, entity, groups);
        }
        return entity.isPresent()
                ? Optional.of("the directory has somebody of its owner's name now, and its owner has to change it")
                : ofElsewhere(owner, groups, now);
    }

    private Optional<String> ofDirectory(Owner owner, Optional<Entity> entity, Set<String> groups) {
        if (entity.filter(found -> found.number() == owner.number()).isEmpty()) {
            return Optional.of("its owner is gone");
        }
        Principal principal = new Principal(
                owner.id(), owner.source(), directory.groupsOf(owner.id()), directory.capabilities(entity.get()));
        if (!vouchers.admit(principal)) {
            return Optional.of(NOBODY_VOUCHES);
        }
        return permits(principal, groups) ? Optional.empty() : Optional.of("its owner may not run this proc any more");
    }

    private Optional<String> ofElsewhere(Owner owner, Set<String> groups, Instant now) {
        if (!vouchers.areThere(owner.source())) {
            return Optional.of(NOBODY_VOUCHES);
        }
        if (owner.seenAt().plus(trust).isBefore(now)) {
            return Optional.of("its owner has not been seen for " + trust.toDays() + " days, and has to change it");
        }
        return permits(new Principal(owner.id(), owner.source(), owner.groups(), Set.of()), groups)
                ? Optional.empty()
                : Optional.of("its owner was in none of the groups that may run this proc");
    }

    private boolean permits(Principal principal, Set<String> groups) {
        Caller caller = new Caller(principal.id(), principal.capabilities(), "schedule", Caller.LOCAL, false);
        return access.permits(new Visitor(principal, caller, Proof.SHOWN), groups);
    }
}
