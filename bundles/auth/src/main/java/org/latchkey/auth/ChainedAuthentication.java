package org.latchkey.auth;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Authorizer;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the authenticators in order. The first that accepts decides; a rejection passes on, unless it comes
 * from one whose word is final. Root is asked about in the server itself alone, never in a plugin.
 */
@Component(immediate = true)
public final class ChainedAuthentication implements Authentication {

    private static final Logger log = LoggerFactory.getLogger(ChainedAuthentication.class);
    private static final String ROOT = "root";
    private static final Verdict FAULTY = Verdict.NOT_MINE;

    private final Extensions<Authenticator> authenticators;
    private final Extensions<Authorizer> authorizers;
    private final Directory directory;

    @Activate
    public ChainedAuthentication(@Reference ExtensionPoints points, @Reference Directory directory) {
        this.authenticators = points.of(Authenticator.class);
        this.authorizers = points.of(Authorizer.class);
        this.directory = directory;
    }

    @Override
    public Optional<Principal> authenticate(Attempt attempt) {
        String reason = "nobody knows the name";
        try (Chain<Authenticator> chain = authenticators.enter()) {
            for (Link<Authenticator> link : chain.links()) {
                if (attempt.id().equals(ROOT) && !link.info().core()) {
                    continue;
                }
                Verdict verdict = ask(link, attempt);
                if (verdict instanceof Verdict.Accepted accepted) {
                    return accepted(link, attempt, accepted.principal());
                }
                if (verdict instanceof Verdict.Rejected rejected) {
                    reason = rejected.reason();
                    if ("requisite".equals(link.info().properties().get(Authenticator.CONTROL))) {
                        break;
                    }
                }
            }
        }
        return rejected(attempt, reason);
    }

    private static Verdict ask(Link<Authenticator> link, Attempt attempt) {
        try {
            Verdict verdict = link.call(authenticator -> authenticator.authenticate(attempt));
            return verdict == null ? FAULTY : verdict;
        } catch (PluginFault fault) {
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(fault)
                    .log("an authenticator failed: counted as not its account");
            return FAULTY;
        } catch (Refusal refusal) {
            if (link.info().core()) {
                throw refusal;
            }
            return new Verdict.Rejected(refusal.code());
        }
    }

    /** What a plugin vouches for is who somebody is. What they may do, and whether they are locked, the directory says. */
    private Optional<Principal> accepted(Link<Authenticator> link, Attempt attempt, Principal principal) {
        if (link.info().core()) {
            return succeeded(attempt, principal);
        }
        if (principal == null || principal.id().equals(ROOT)) {
            return rejected(attempt, "vouched for by a plugin as somebody it must not name");
        }
        Optional<Entity> entity = directory.entity(principal.id());
        if (entity.filter(Entity::locked).isPresent()) {
            return rejected(attempt, "locked");
        }
        return succeeded(
                attempt,
                new Principal(
                        principal.id(),
                        link.info().name(),
                        principal.groups(),
                        entity.map(directory::capabilities).orElse(Set.of())));
    }

    private static Optional<Principal> succeeded(Attempt attempt, Principal principal) {
        log.atInfo()
                .addKeyValue("entity", principal.id())
                .addKeyValue("source", principal.source())
                .addKeyValue("address", attempt.caller().address())
                .addKeyValue("request", attempt.caller().requestId())
                .log("signed in");
        return Optional.of(principal);
    }

    private static Optional<Principal> rejected(Attempt attempt, String reason) {
        log.atInfo()
                .addKeyValue("entity", attempt.id())
                .addKeyValue("reason", reason)
                .addKeyValue("address", attempt.caller().address())
                .addKeyValue("request", attempt.caller().requestId())
                .log("not signed in");
        return Optional.empty();
    }

    @Override
    public boolean permits(Principal principal, Set<String> groups) {
        boolean permitted = groups.isEmpty() || groups.stream().anyMatch(principal.groups()::contains);
        try (Chain<Authorizer> chain = authorizers.enter()) {
            for (Link<Authorizer> link : chain.links()) {
                Authorizer.Vote vote = vote(link, principal, groups);
                if (vote == Authorizer.Vote.DENY) {
                    return false;
                }
                permitted |= vote == Authorizer.Vote.PERMIT;
            }
        }
        return permitted;
    }

    /** An authorizer that fails denies: it may have been about to. */
    private static Authorizer.Vote vote(Link<Authorizer> link, Principal principal, Set<String> groups) {
        try {
            Authorizer.Vote vote = link.call(authorizer -> authorizer.vote(principal, groups));
            return vote == null ? Authorizer.Vote.DENY : vote;
        } catch (PluginFault | Refusal failed) {
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(failed)
                    .log("an authorizer failed: counted as deny");
            return Authorizer.Vote.DENY;
        }
    }
}
