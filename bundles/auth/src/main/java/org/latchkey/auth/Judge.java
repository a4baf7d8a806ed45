package org.latchkey.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the authenticators in order. The first that accepts decides; a rejection passes on, unless it comes
 * from one whose word is final. Root is asked about in the server itself alone, never in a plugin.
 */
final class Judge {

    private static final Logger log = LoggerFactory.getLogger(Judge.class);
    private static final String ROOT = "root";
    private static final String POINT = Authenticator.class.getSimpleName();

    private final Directory directory;
    private final SignInNotices notices;

    Judge(Directory directory, SignInNotices notices) {
        this.directory = directory;
        this.notices = notices;
    }

    /** @throws org.latchkey.api.Refusal (UNAVAILABLE) if a required authenticator is missing, except about root */
    Judged judge(Chain<Authenticator> chain, Selection selection, Attempt attempt, Recording recording) {
        if (!attempt.id().equals(ROOT)) {
            chain.requireComplete();
        }
        long start = System.nanoTime();
        try {
            return poll(chain, selection, attempt, new Poll(recording, POINT));
        } finally {
            recording.took(POINT, System.nanoTime() - start);
        }
    }

    private Judged poll(Chain<Authenticator> chain, Selection selection, Attempt attempt, Poll poll) {
        Optional<String> reason = Optional.empty();
        boolean isTold = false; // the directory tells of its rejections itself
        boolean isFinal = false;
        for (Link<Authenticator> link : askedAbout(attempt.id(), chain)) {
            if (!selection.has(link.info())) {
                continue;
            }
            Verdict verdict = poll.ask(link, attempt);
            if (verdict instanceof Verdict.Accepted accepted) {
                return accepted(link, attempt, accepted.principal());
            }
            if (verdict instanceof Verdict.Rejected rejected) {
                reason = Optional.of(rejected.reason());
                isTold |= link.info().core();
                isFinal = isFinal(link);
                if (isFinal) {
                    break;
                }
            }
        }
        if (!isTold) {
            reason.ifPresent(known -> notices.failed(attempt.id(), attempt.caller(), Receipt.refused(known)));
        }
        return unaccepted(attempt, reason, isFinal ? List.of() : missing(chain, selection, poll));
    }

    private static List<String> missing(Chain<Authenticator> chain, Selection selection, Poll poll) {
        List<String> missing = new ArrayList<>(poll.failed());
        missing.addAll(selection.missing(chain));
        return missing;
    }

    private static boolean isFinal(Link<Authenticator> link) {
        return "requisite".equals(link.info().properties().get(Authenticator.CONTROL));
    }

    /** All of them; about root those of the server itself. */
    static List<Link<Authenticator>> askedAbout(String id, Chain<Authenticator> chain) {
        return chain.links().stream()
                .filter(link -> link.info().core() || !id.equals(ROOT))
                .toList();
    }

    /** What a plugin vouches for is who somebody is. What they may do, and whether they are locked, the directory says. */
    private Judged accepted(Link<Authenticator> link, Attempt attempt, Principal principal) {
        if (link.info().core()) {
            return succeeded(attempt, principal);
        }
        if (principal == null || principal.id().equals(ROOT)) {
            return rejected(attempt, "vouched for by a plugin as somebody it must not name");
        }
        Optional<Entity> entity = directory.entity(principal.id());
        if (entity.filter(Entity::locked).isPresent()) {
            notices.failed(principal.id(), attempt.caller(), Receipt.refused("locked"));
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

    private Judged succeeded(Attempt attempt, Principal principal) {
        log.atInfo()
                .addKeyValue("entity", principal.id())
                .addKeyValue("source", principal.source())
                .addKeyValue("address", attempt.caller().address())
                .addKeyValue("request", attempt.caller().requestId())
                .log("signed in");
        notices.succeeded(principal, attempt.caller());
        return new Judged(Optional.of(principal), Receipt.OK, List.of(), false);
    }

    private static Judged rejected(Attempt attempt, String reason) {
        return unaccepted(attempt, Optional.of(reason), List.of());
    }

    /** @param rejection why somebody rejected, if anybody did */
    private static Judged unaccepted(Attempt attempt, Optional<String> rejection, List<String> missing) {
        String reason = rejection.orElse("nobody knows the name");
        log.atInfo()
                .addKeyValue("entity", attempt.id())
                .addKeyValue("reason", reason)
                .addKeyValue("address", attempt.caller().address())
                .addKeyValue("request", attempt.caller().requestId())
                .log("not signed in");
        return new Judged(Optional.empty(), Receipt.refused(reason), missing, rejection.isPresent());
    }
}
