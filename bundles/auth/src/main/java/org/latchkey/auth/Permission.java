package org.latchkey.auth;

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

    boolean permits(Caller caller, Principal principal, Set<String> groups) {
        try (Chain<Authorizer> chain = authorizers.enter()) {
            if (chain.links().isEmpty()) {
                return isComplete(chain) && isMember(principal, groups);
            }
            Recording recording = Recording.begin(audit, caller, OPERATION, principal.id());
            ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
            try {
                return recording.during(
                        () -> isComplete(chain) && vote(chain, recording, principal, groups),
                        permitted -> permitted ? Receipt.OK : Receipt.refused("denied"));
            } finally {
                scope.close();
            }
        }
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
            log.atWarn().addKeyValue("reason", missing.getMessage()).log("denied: a required authorizer is missing");
            return false;
        }
    }

    private static boolean vote(Chain<Authorizer> chain, Recording recording, Principal principal, Set<String> groups) {
        boolean permitted = isMember(principal, groups);
        long start = System.nanoTime();
        try {
            for (Link<Authorizer> link : chain.links()) {
                recording.asks(POINT, link.info());
                Authorizer.Vote vote = vote(link, recording, principal, groups);
                if (vote == Authorizer.Vote.DENY) {
                    return false;
                }
                permitted |= vote == Authorizer.Vote.PERMIT;
            }
            return permitted;
        } finally {
            recording.took(POINT, System.nanoTime() - start);
        }
    }

    /** An authorizer that fails denies: it may have been about to. An advisory one is left out then. */
    private static Authorizer.Vote vote(
            Link<Authorizer> link, Recording recording, Principal principal, Set<String> groups) {
        try {
            Authorizer.Vote vote = link.call(authorizer -> authorizer.vote(principal, groups));
            if (vote == null) {
                recording.answered(Receipt.FAILED);
                return Authorizer.Vote.DENY;
            }
            recording.answered(
                    switch (vote) {
                        case PERMIT -> Receipt.OK;
                        case DENY -> Receipt.DENIED;
                        case ABSTAIN -> Receipt.NOT_MINE;
                    });
            return vote;
        } catch (Refusal refusal) {
            recording.answered(Receipt.refused(refusal));
            return Authorizer.Vote.DENY;
        } catch (PluginFault failed) {
            recording.answered(link.info().advisory() ? Receipt.SKIPPED : Receipt.FAILED);
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(failed)
                    .log("an authorizer failed: " + (link.info().advisory() ? "left out" : "counted as deny"));
            return link.info().advisory() ? Authorizer.Vote.ABSTAIN : Authorizer.Vote.DENY;
        }
    }
}
