package org.latchkey.procs.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Store;
import org.latchkey.procs.log.LogWriter;
import org.latchkey.procs.log.Logs;
import org.latchkey.procs.log.Mask;
import org.latchkey.procs.metric.Counters;
import org.latchkey.procs.run.Drafts.Draft;
import org.latchkey.procs.run.Execution.End;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs, of which this node watches those that it has begun or taken over. */
final class WatchedRuns implements Runs {

    private static final Logger log = LoggerFactory.getLogger(WatchedRuns.class);
    private static final int MOST_TRIES = 10;

    /**
     * Limits of runs.
     *
     * @param running how many may be under way on this node
     * @param logSize how many characters of what one prints are kept
     */
    record Limits(int running, long logSize) {}

    /** What makes and begins runs. */
    record Means(Ids ids, Drafts drafts, Attendance attendance, Leases leases, Logs logs, Counters counters) {}

    private final LiveRun.Desk desk;
    private final Means means;
    private final Limits limits;
    private final Map<Long, LiveRun> live = new ConcurrentHashMap<>();
    private volatile boolean closed;

    WatchedRuns(LiveRun.Desk desk, Means means, Limits limits) {
        this.desk = desk;
        this.means = means;
        this.limits = limits;
    }

    /** Begins no more. */
    void close() {
        closed = true;
    }

    @Override
    public Execution begin(Order order) {
        Drafts.check(order);
        if (closed) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "closing", "Runs cannot be begun at the moment.");
        }
        if (live.size() >= limits.running()) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "too-many-runs", "As many runs are under way as may be at once.");
        }
        means.leases().requireHeld();
        for (int tries = 1; ; tries++) {
            Draft draft = means.drafts()
                    .draft(means.ids().next(), order, means.leases().own());
            try {
                return stored(draft);
            } catch (Store.Conflict idIsTaken) {
                if (tries == MOST_TRIES) {
                    throw Refusal.of(Refusal.Kind.UNAVAILABLE, "conflict", "The run could not be stored.");
                }
            }
        }
    }

    private Execution stored(Draft draft) throws Store.Conflict {
        Mask mask = draft.mask();
        List<Notice> notices = new ArrayList<>(RunNotices.created(draft.run(), mask));
        if (draft.run().hasEnded()) {
            notices.add(RunNotices.ended(draft.run()));
        }
        Execution stored = desk.ledger().store(draft.run(), List.of(), notices);
        means.counters().created();
        if (stored.hasEnded()) {
            means.counters().ended(stored.status().name());
            desk.ledger().tellEnded(stored);
        } else {
            LiveRun run = watch(stored, draft.secrets());
            means.attendance().begin(run);
        }
        return stored;
    }

    private LiveRun watch(Execution stored, Map<String, String> secrets) {
        LogWriter writer = new LogWriter(means.logs(), stored.id(), limits.logSize(), new Mask(secrets.values()));
        LiveRun run = new LiveRun(
                desk,
                stored,
                Drafts.job(stored, secrets),
                writer,
                writer.tip(stored.watch().lines()),
                this::over);
        live.put(stored.id(), run);
        return run;
    }

    private void over(LiveRun run) {
        live.remove(run.id());
        if (run.stored().hasEnded()) {
            means.counters().ended(run.stored().status().name());
        }
    }

    /** The one of that id, if it is watched here. */
    Optional<LiveRun> live(long id) {
        return Optional.ofNullable(live.get(id));
    }

    Collection<LiveRun> live() {
        return List.copyOf(live.values());
    }

    /**
     * Watches a run from now on that nobody watches any more. If it was not begun for sure, it is lost: it is never begun twice.
     *
     * @throws Store.Conflict if somebody else was faster
     * @throws Refusal (UNAVAILABLE) if it cannot be watched now
     */
    void takeOver(Execution run) throws Store.Conflict {
        Map<String, String> secrets = means.drafts().secrets(run);
        Execution mine =
                desk.ledger().store(run.with(run.watch().by(means.leases().own())), List.of(), List.of());
        LiveRun watched = watch(mine, secrets);
        log.atInfo()
                .addKeyValue("run", run.id())
                .addKeyValue("proc", run.proc())
                .log("a run is watched here now");
        if (mine.watch().isBegun()) {
            means.attendance().attend(watched, mine);
        } else {
            watched.inbox()
                    .end(End.of(Status.LOST, "The server ended while this was begun; whether it ran is not known."));
        }
    }

    @Override
    public Optional<Execution> find(long id) {
        return desk.ledger().find(id);
    }

    @Override
    public Execution stop(long id, String user) {
        for (int tries = 1; ; tries++) {
            Execution run = find(id).orElseThrow(() -> Refusal.notFound("run", Long.toString(id)));
            if (run.hasEnded()) {
                throw Refusal.of(Refusal.Kind.CONFLICT, "ended", "The run has ended: it is " + run.status() + ".");
            }
            try {
                return run.course().stopBy().isEmpty() ? stopped(run, user) : run;
            } catch (Store.Conflict faster) {
                if (tries == MOST_TRIES) {
                    throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "The run is changed at the same time.");
                }
            }
        }
    }

    private Execution stopped(Execution run, String user) throws Store.Conflict {
        Execution wanted = desk.ledger()
                .store(run.with(run.course().stoppedBy(user, desk.clock().instant())), List.of(), List.of());
        live(run.id()).ifPresent(each -> means.attendance().attend(each, wanted));
        return wanted;
    }
}
