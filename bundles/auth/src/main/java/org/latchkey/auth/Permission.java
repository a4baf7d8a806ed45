package org.latchkey.auth;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Authorizer;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication.Decision;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody may do what is reserved to certain groups. Leaves a receipt if an authorizer has a say in
 * it: without one it only reads.
 */
final class Permission {

    private static final Logger log = LoggerFactory.getLogger(Permission.class);
    private static final String OPERATION = "authorization";
    private static final String POINT = Authorizer.class.getSimpleName();

    private final ExtensionPoints points;
    private final Extensions<Authorizer> authorizers;
    private final Audit audit;

    Permission(ExtensionPoints points, Audit audit) {
        this.points = points;
        this.authorizers = points.of(Authorizer.class);
        this.audit = audit;
    }

    Decision decide(Caller caller, Principal principal, Set<String> groups) {
        try (Chain<Authorizer> chain = authorizers.enter()) {
            if (chain.links().isEmpty()) {
                return isComplete(chain) ? ofMembership(principal, groups) : Decision.UNDECIDED;
            }
            Recording recording = Recording.begin(audit, caller, OPERATION, principal.id());
            ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
            try {
                return recording.during(
                        () -> isComplete(chain) ? vote(chain, recording, principal, groups) : Decision.UNDECIDED,
                        Permission::outcome);
            } finally {
                scope.close();
            }
        }
    }

    private static String outcome(Decision decision) {
        return switch (decision) {
            case PERMITTED -> Receipt.OK;
            case DENIED -> Receipt.refused("denied");
            case UNDECIDED -> Receipt.refused("undecided");
        };
    }

    private static Decision ofMembership(Principal principal, Set<String> groups) {
        return isMember(principal, groups) ? Decision.PERMITTED : Decision.DENIED;
    }

    private static boolean isMember(Principal principal, Set<String> groups) {
        return groups.isEmpty() || groups.stream().anyMatch(principal.groups()::contains);
    }

    /** Where a required authorizer is missing, nothing is permitted. */
    private static boolean isComplete(Chain<Authorizer> chain) {
        try {
            chain.requireComplete();
            return true;
        } catch (Refusal missing) {
            log.atWarn()
                    .addKeyValue("reason", missing.getMessage())
                    .log("nothing is permitted: a required authorizer is missing");
            return false;
        }
    }

    /** One deny wins, whoever fails; else one that fails might have denied, or permitted. */
    private static Decision vote(
            Chain<Authorizer> chain, Recording recording, Principal principal, Set<String> groups) {
        Decision decision = ofMembership(principal, groups);
        long start = System.nanoTime();
        try {
            for (Link<Authorizer> link : chain.links()) {
                recording.asks(POINT, link.info());
                Optional<Authorizer.Vote> vote = vote(link, recording, principal, groups);
                if (vote.filter(Authorizer.Vote.DENY::equals).isPresent()) {
                    return Decision.DENIED;
                }
                decision = after(decision, vote);
            }
            return decision;
        } finally {
            recording.took(POINT, System.nanoTime() - start);
        }
    }

    private static Decision after(Decision before, Optional<Authorizer.Vote> vote) {
        if (vote.isEmpty() || before == Decision.UNDECIDED) {
            return Decision.UNDECIDED;
        }
        return vote.get() == Authorizer.Vote.PERMIT ? Decision.PERMITTED : before;
    }

    /** Nothing if the authorizer fails: it may have been about to deny. An advisory one is left out then. */
    private static Optional<Authorizer.Vote> vote(
            Link<Authorizer> link, Recording recording, Principal principal, Set<String> groups) {
        try {
            Authorizer.Vote vote = link.call(authorizer -> authorizer.vote(principal, groups));
            if (vote == null) {
                recording.answered(Receipt.FAILED);
                return Optional.empty();
            }
            recording.answered(
                    switch (vote) {
                        case PERMIT -> Receipt.OK;
                        case DENY -> Receipt.DENIED;
                        case ABSTAIN -> Receipt.NOT_MINE;
                    });
            return Optional.of(vote);
        } catch (Refusal refusal) {
            recording.answered(Receipt.refused(refusal));
            return refusal.kind() == Refusal.Kind.UNAVAILABLE ? Optional.empty() : Optional.of(Authorizer.Vote.DENY);
        } catch (PluginFault failed) {
            recording.answered(link.info().advisory() ? Receipt.SKIPPED : Receipt.FAILED);
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(failed)
                    .log("an authorizer failed: " + (link.info().advisory() ? "left out" : "nothing is permitted"));
            return link.info().advisory() ? Optional.of(Authorizer.Vote.ABSTAIN) : Optional.empty();
        }
    }
}
