package org.latchkey.procs.run;

import java.time.Clock;
import java.time.Duration;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Again and again: gives a sign of life, attends to the runs that are watched here, and takes over those that nobody watches. */
final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    /** A run of our own that is not watched is left alone for so long, for it may just be stored. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final RunLedger ledger;
    private final WatchedRuns runs;
    private final Attendance attendance;
    private final Leases leases;
    private final Clock clock;

    Rounds(RunLedger ledger, WatchedRuns runs, Attendance attendance, Leases leases, Clock clock) {
        this.ledger = ledger;
        this.runs = runs;
        this.attendance = attendance;
        this.leases = leases;
        this.clock = clock;
    }

    /**
     * One round; never two at once.
     *
     * @throws Refusal (UNAVAILABLE) if the store is away
     */
    void go() {
        leases.renew();
        ledger.live().forEach(this::attendAlone);
        try {
            leases.sweep();
        } catch (Store.Conflict somebodySwept) {
            log.atDebug().setCause(somebodySwept).log("another node was faster");
        }
    }

    /** What is wrong with one run must not keep the others from being attended to. */
    private void attendAlone(Execution run) {
        try {
            attend(run);
        } catch (Refusal storeIsAway) {
            throw storeIsAway;
        } catch (RuntimeException failed) {
            log.atError().addKeyValue("run", run.id()).setCause(failed).log("a run cannot be attended to; tried again");
        }
    }

    private void attend(Execution run) {
        var watched = runs.live(run.id());
        boolean ours = run.watch().watcher().equals(leases.own());
        if (watched.isPresent() && ours) {
            attendance.attend(watched.get(), run);
        } else if (watched.isPresent()) {
            watched.get().giveUp();
        } else if (isOrphan(run)) {
            takeOver(run);
        }
    }

    private boolean isOrphan(Execution run) {
        return run.watch().watcher().equals(leases.own())
                ? run.course().updatedAt().plus(GRACE).isBefore(clock.instant())
                : leases.isGone(run.watch().watcher());
    }

    private void takeOver(Execution run) {
        try {
            runs.takeOver(run);
        } catch (Store.Conflict faster) {
            log.atDebug().addKeyValue("run", run.id()).log("another node was faster");
        } catch (Refusal notNow) {
            log.atWarn().addKeyValue("run", run.id()).setCause(notNow).log("a run cannot be taken over yet");
        }
    }
}
