package org.latchkey.procs.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.proc.Job;
import org.latchkey.api.store.Store;
import org.latchkey.procs.log.LogWriter;
import org.latchkey.procs.log.LogWriter.Plan;
import org.latchkey.procs.log.LogWriter.Tip;
import org.latchkey.procs.log.Tails;
import org.latchkey.procs.run.Execution.Course;
import org.latchkey.procs.run.Execution.Watching;
import org.latchkey.procs.run.Inbox.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that is watched here. What its executor tells is stored bit by bit, lines and status in one commit that fails if anybody else has
 * taken the run over, and is shown to followers only after that.
 */
final class LiveRun {

    private static final Logger log = LoggerFactory.getLogger(LiveRun.class);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 10;
    private static final int MOST_DOUBLINGS = 6;

    /** What is to be stored, made from the run as it was then. */
    private record Step(Execution to, Plan plan) {}

    /** What a live run needs of the server. */
    record Desk(RunLedger ledger, Tails tails, Crew crew, Clock clock) {}

    private final Desk desk;
    private final Job job;
    private final LogWriter writer;
    private final Consumer<LiveRun> over;
    private final Inbox inbox;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile Execution current;
    private volatile String watchedBy = "";
    private Tip tip;
    private Optional<Told> unsaved = Optional.empty();

    /** What was handed to the store without an answer whether it took it. */
    private Optional<Step> doubtful = Optional.empty();

    /** Before this moment of {@link System#nanoTime()} nothing is stored again. */
    private volatile long earliest = System.nanoTime();

    /** How often in a row storing failed as it never should; only for whoever works. */
    private volatile int failures;

    private boolean abandoned;

    /**
     * @param run as it is stored
     * @param over told when there is no more to watch
     */
    LiveRun(Desk desk, Execution run, Job job, LogWriter writer, Tip tip, Consumer<LiveRun> over) {
        this.desk = desk;
        this.current = run;
        this.job = job;
        this.writer = writer;
        this.tip = tip;
        this.over = over;
        this.inbox = new Inbox(run.watch().handle(), run.watch().seen(), this::wake);
    }

    long id() {
        return current.id();
    }

    Job job() {
        return job;
    }

    /** The run as it was stored last. */
    Execution stored() {
        return current;
    }

    /** The registration of the executor that was told to watch it, empty if none was yet. */
    String watchedBy() {
        return watchedBy;
    }

    void watchedBy(String registration) {
        watchedBy = registration;
    }

    Inbox inbox() {
        return inbox;
    }

    private void wake() {
        if (due.compareAndSet(false, true)) {
            desk.crew().after(Duration.ofNanos(Math.max(0, earliest - System.nanoTime())), this::work);
        }
    }

    /** Runs in one thread at a time. Whatever fails is tried again, ever more seldom if it should never have failed. */
    private void work() {
        Duration pause = BETWEEN;
        try {
            store();
            failures = 0;
        } catch (Refusal refusal) {
            pause = AFTER_FAILURE;
            log.atWarn().addKeyValue("run", id()).setCause(refusal).log("what a run tells cannot be stored yet");
        } catch (RuntimeException failed) {
            pause = AFTER_FAILURE.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
            log.atError()
                    .addKeyValue("run", id())
                    .setCause(failed)
                    .log("what a run tells cannot be stored; tried again");
        } finally {
            earliest = System.nanoTime() + pause.toNanos();
            due.set(false);
        }
        if (mayGoOn()) {
            wake();
        }
    }

    private synchronized boolean mayGoOn() {
        return !abandoned && (unsaved.isPresent() || inbox.hasNews());
    }

    /** Stores what was told until now. @throws Refusal (UNAVAILABLE) if that does not work; then it is kept */
    synchronized void store() {
        if (abandoned || current.hasEnded()) {
            return;
        }
        if (unsaved.isEmpty() && inbox.hasNews()) {
            unsaved = Optional.of(inbox.take());
        }
        for (int tries = 1; unsaved.isPresent() && !abandoned; tries++) {
            if (doubtful.isPresent()) {
                settleDoubt();
                continue;
            }
            Step step = step(unsaved.get(), desk.clock().instant());
            try {
                doubtful = Optional.of(step);
                desk.ledger().store(step.to(), step.plan().writes(), notices(step.to()));
                doubtful = Optional.empty();
                adopt(step);
            } catch (Store.Conflict faster) {
                doubtful = Optional.empty();
                lookAgain();
                if (tries >= MOST_TRIES) {
                    throw Refusal.of(Refusal.Kind.UNAVAILABLE, "conflict", "The run is changed all the time.");
                }
            }
        }
    }

    /** Whether the store took what it gave no answer for. */
    private void settleDoubt() {
        Step step = doubtful.orElseThrow();
        Optional<Execution> stored = desk.ledger().find(id());
        boolean took = stored.filter(each ->
                        isMine(each) && each.watch().beat() == step.to().watch().beat())
                .isPresent();
        doubtful = Optional.empty();
        if (took) {
            adopt(step);
            current = stored.get();
        } else {
            lookAgain();
        }
    }

    private boolean isMine(Execution stored) {
        return stored.watch().watcher().equals(current.watch().watcher());
    }

    /** Somebody wants it stopped, or watches it in our place. */
    private void lookAgain() {
        Optional<Execution> stored = desk.ledger().find(id()).filter(each -> isMine(each) && !each.hasEnded());
        if (stored.isPresent()) {
            current = stored.get();
        } else {
            abandon();
            log.atWarn().addKeyValue("run", id()).log("a run is watched by somebody else now");
        }
    }

    private Step step(Told told, Instant now) {
        Plan plan = writer.plan(tip, told.lines(), current.watch().size());
        Watching before = current.watch();
        Watching watch = new Watching(
                before.watcher(), before.beat() + 1, told.handle(), told.seen(), plan.lines(), plan.size());
        Course course = current.course();
        if (told.runs() && course.status() == Status.CREATED) {
            course = course.running(now);
        }
        if (told.end().isPresent()) {
            course = course.ended(told.end().get(), now);
        }
        return new Step(current.with(watch).with(course), plan);
    }

    private List<Notice> notices(Execution to) {
        List<Notice> notices = new ArrayList<>();
        if (to.course().startedAt().isPresent() && current.course().startedAt().isEmpty()) {
            notices.add(RunNotices.started(to));
        }
        if (to.hasEnded()) {
            notices.add(RunNotices.ended(to));
        }
        return notices;
    }

    private void adopt(Step step) {
        current = step.to().asVersion(step.to().version() + 1);
        tip = step.plan().tip();
        unsaved = Optional.empty();
        if (current.hasEnded()) {
            abandon();
        }
        desk.tails().told(id(), current.progress(), tip);
        if (current.hasEnded()) {
            desk.ledger().tellEnded(current);
        }
    }

    /** Another one watches it: what was told here and is not stored will be told there. */
    synchronized void giveUp() {
        if (!abandoned) {
            abandon();
        }
    }

    private void abandon() {
        abandoned = true;
        inbox.close();
        over.accept(this);
    }
}
