package org.latchkey.procs.run;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.store.Store;
import org.latchkey.procs.log.Logs;
import org.latchkey.procs.log.Tails;
import org.latchkey.procs.metric.Counters;
import org.latchkey.procs.secret.ProcSecrets;
import org.latchkey.procs.store.Changes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that goes on by itself: runs under way, and what looks after them. */
public final class Operations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Operations.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SIGN = Duration.ofSeconds(15);
    private static final int ROUNDS_A_LEASE = 10;
    private static final int KIBI = 1024;

    /**
     * How runs are run.
     *
     * @param executor the one for procs that name none, empty for the first
     * @param timeout of procs that say nothing of it
     * @param running how many may be under way on this node
     * @param logKilobytes how much of what one prints is kept
     * @param lease how long a node may give no sign of life
     */
    public record Settings(String executor, Duration timeout, int running, int logKilobytes, Duration lease) {

        /** @throws IllegalArgumentException if one of them makes no sense */
        public Settings {
            require("timeoutSeconds", timeout.toSeconds(), 1, Duration.ofDays(7).toSeconds());
            require("running", running, 1, 10_000);
            require("logKilobytes", logKilobytes, 1, 1_048_576);
            require("leaseSeconds", lease.toSeconds(), 3, 600);
        }

        private static void require(String name, long value, long least, long greatest) {
            if (value < least || value > greatest) {
                throw new IllegalArgumentException(name + " must be from " + least + " to " + greatest);
            }
        }
    }

    private final Leases leases;
    private final Logs logs;
    private final Tails tails;
    private final WatchedRuns runs;
    private final RunStore stored;
    private final Crew crew = new Crew();

    public Operations(
            Store store,
            Changes changes,
            ProcSecrets secrets,
            Extensions<Executor> executors,
            List<EndingListener> listeners,
            Counters counters,
            Settings settings) {
        Clock clock = Clock.systemUTC();
        this.stored = new RunStore(store);
        this.leases = new Leases(store, settings.lease(), System::nanoTime);
        this.logs = new Logs(store);
        this.tails = new Tails(logs, id -> stored.find(id).map(Execution::progress));
        RunLedger ledger = new RunLedger(stored, changes, listeners);
        KnownExecutors known = new KnownExecutors(executors, settings.executor());
        Attendance attendance = new Attendance(known, crew);
        Drafts drafts = new Drafts(secrets, known, settings.timeout(), clock);
        this.runs = new WatchedRuns(
                new LiveRun.Desk(ledger, tails, crew, clock),
                new WatchedRuns.Means(new Ids(clock, new SecureRandom()), drafts, attendance, leases, logs, counters),
                new WatchedRuns.Limits(settings.running(), (long) settings.logKilobytes() * KIBI));
        if (!store.isReadOnly()) {
            Rounds rounds = new Rounds(ledger, runs, attendance, leases, clock);
            every(settings.lease().dividedBy(ROUNDS_A_LEASE), new Turn("runs", rounds::go));
        }
        every(LOOK, new Turn("logs of other nodes", tails::look));
        every(SIGN, new Turn("signs to followers", tails::tick));
    }

    private void every(Duration period, Turn turn) {
        crew.every(period, () -> crew.execute(turn));
    }

    public Runs runs() {
        return runs;
    }

    public RunStore stored() {
        return stored;
    }

    public Logs logs() {
        return logs;
    }

    public Tails tails() {
        return tails;
    }

    /** How many runs are watched here. */
    public int live() {
        return runs.live().size();
    }

    /** Watches no more: the executors go on, and whoever comes next finds every run where this one left it. */
    @Override
    public void close() {
        runs.close();
        crew.close();
        tails.close();
        for (LiveRun run : runs.live()) {
            run.inbox().close();
            try {
                run.store();
            } catch (Refusal notStored) {
                log.atWarn()
                        .addKeyValue("run", run.id())
                        .setCause(notStored)
                        .log("the last lines are told again later");
            }
        }
        try {
            leases.release();
        } catch (Store.Conflict | Refusal alreadyGone) {
            log.atDebug().setCause(alreadyGone).log("the lease ends by itself");
        }
    }
}
