package org.latchkey.procs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Directory;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.access.Visitor.Proof;

/**
 * Asks, each time that a schedule is due, whether its owner may still run the proc.
 *
 * <p>For an entity of the directory everything is asked anew: that it is there, is the same, is not locked, and is in one of the
 * groups. Others, such as people of Gate, cannot be asked about while they are not there. What was known of them when they last touched the
 * schedule counts for a limited time, against the groups that the proc has now; then they have to touch it again. Whoever only
 * claimed to be somebody, while authentication was off, counts for nothing once it is on.
 */
public final class OwnerCheck {

    /** Whether people have to prove who they are at the moment. */
    public enum Guard {
        ON,
        OFF
    }

    private final Directory directory;
    private final Access access;
    private final Guard guard;
    private final Duration trust;

    /** @param trust for how long the groups of an owner from elsewhere count */
    OwnerCheck(Directory directory, Access access, Guard guard, Duration trust) {
        this.directory = directory;
        this.access = access;
        this.guard = guard;
        this.trust = trust;
    }

    /** The number of the entity that the directory has for a principal of its own, else 0. */
    long number(Principal principal) {
        return principal.source().equals(Owner.DIRECTORY)
                ? directory.entity(principal.id()).map(Entity::number).orElse(0L)
                : 0;
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
        return owner.isOfDirectory() ? ofDirectory(owner, entity, groups) : ofElsewhere(owner, groups, now);
    }

    private Optional<String> ofDirectory(Owner owner, Optional<Entity> entity, Set<String> groups) {
        if (entity.filter(found -> found.number() == owner.number()).isEmpty()) {
            return Optional.of("its owner is gone");
        }
        Set<Capability> capabilities = directory.capabilities(entity.get());
        return permits(owner, directory.groupsOf(owner.id()), capabilities, groups)
                ? Optional.empty()
                : Optional.of("its owner may not run this proc any more");
    }

    private Optional<String> ofElsewhere(Owner owner, Set<String> groups, Instant now) {
        if (owner.seenAt().plus(trust).isBefore(now)) {
            return Optional.of("its owner has not been seen for " + trust.toDays() + " days, and has to change it");
        }
        return permits(owner, owner.groups(), EnumSet.noneOf(Capability.class), groups)
                ? Optional.empty()
                : Optional.of("its owner was in none of the groups that may run this proc");
    }

    private boolean permits(Owner owner, Set<String> of, Set<Capability> capabilities, Set<String> groups) {
        Principal principal = new Principal(owner.id(), owner.source(), of, capabilities);
        Caller caller = new Caller(owner.id(), capabilities, "schedule", Caller.LOCAL, false);
        return access.permits(new Visitor(principal, caller, Proof.SHOWN), groups);
    }
}
