package org.latchkey.notify;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.store.Item;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one notifier what waits for it, in order, one at a time. Notices leave the store a moment after they were taken,
 * some together, so what was taken just now or is under way when the process dies comes again.
 *
 * <pre>
 * idle    --something is stored, or the notifier came-------&gt;  running
 * running --nothing waits, or the notifier is not there-----&gt;  idle
 * running --an attempt fails--------------------------------&gt;  pausing  (longer each time)
 * running --it is in quarantine or busy---------------------&gt;  pausing  (shortly; counts as no attempt)
 * pausing --the time is over, or the notifier came anew-----&gt;  running
 * </pre>
 *
 * <p>What a notifier says with an {@link IOException}, that it cannot pass the notice on now, or with a {@link Refusal} of
 * kind INVALID, that this one will never be taken, is its good right and never puts it in quarantine; anything else it throws, and lateness, is a fault of the plugin, and the kernel counts it.
 * Attempts are counted in memory: a restart begins anew.
 */
final class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final int PAGE = 100;

    /** What comes after an attempt, or at the end of a run. */
    private enum Next {
        GO_ON,
        REST,
        PAUSE_SHORTLY,
        PAUSE_LONGER
    }

    /** A worker's turn at the queue; loses it when the notifier does not come back from a call. */
    private static final class Run {
        private Item inHand;
        private final Taken taken = new Taken();
    }

    private final Mailbox mailbox;
    private final ExtensionPoints points;
    private final Extensions<Notifier> notifiers;
    private final Crew crew;
    private final Supplier<Settings> settings;

    private Optional<Run> running = Optional.empty();
    private boolean pausing;
    private boolean again;
    private long pauses;

    /** In a row, of whatever notice: how long to pause depends on it. */
    private int failures;

    /** Of the notice in hand: whether to give it up depends on it. */
    private final Attempts attempts = new Attempts();

    Courier(Mailbox mailbox, ExtensionPoints points, Crew crew, Supplier<Settings> settings) {
        this.mailbox = mailbox;
        this.points = points;
        this.notifiers = points.of(Notifier.class);
        this.crew = crew;
        this.settings = settings;
    }

    /** Something may wait. Disturbs no pause. */
    synchronized void wake() {
        if (running.isPresent()) {
            again = true;
        } else if (!pausing) {
            Run run = new Run();
            running = Optional.of(run);
            again = false;
            crew.execute(() -> run(run));
        }
    }

    /** The notifier may be another one now: what it failed at is tried at once. */
    synchronized void notifierChanged() {
        failures = 0;
        pausing = false;
        wake();
    }

    private synchronized void resume(long pause) {
        if (pausing && pause == pauses) {
            pausing = false;
            wake();
        }
    }

    private void run(Run run) {
        Next next = Next.PAUSE_LONGER;
        ExtensionPoints.Scope scope = points.whenStuck(() -> stuck(run));
        try {
            try {
                next = deliverAll(run);
            } finally {
                removeTaken(run);
            }
        } catch (Refusal unavailable) {
            log.atWarn()
                    .addKeyValue("notifier", mailbox.notifier())
                    .addKeyValue("reason", unavailable.code())
                    .log("the store refuses; the notices wait");
        } finally {
            scope.close();
            finished(run, next);
        }
    }

    private synchronized void finished(Run run, Next next) {
        if (!holds(run)) {
            return;
        }
        running = Optional.empty();
        switch (next) {
            case PAUSE_SHORTLY -> pause(settings.get().backoff().first());
            case PAUSE_LONGER -> pause(backoff());
            case GO_ON, REST -> {
                if (again) {
                    wake();
                }
            }
        }
    }

    private void pause(Duration time) {
        pausing = true;
        long pause = ++pauses;
        crew.after(time, () -> resume(pause));
    }

    private Duration backoff() {
        return settings.get()
                .backoff()
                .after(Math.max(1, failures), ThreadLocalRandom.current().nextDouble());
    }

    private synchronized boolean holds(Run run) {
        return running.filter(run::equals).isPresent();
    }

    private Next deliverAll(Run run) {
        for (List<Item> page = mailbox.oldest(PAGE); !page.isEmpty(); page = mailbox.oldest(PAGE)) {
            for (Item item : page) {
                Next next = crew.isClosed() ? Next.REST : deliver(run, item);
                if (next != Next.GO_ON || !holds(run)) {
                    return next;
                }
            }
            removeTaken(run);
        }
        return Next.REST;
    }

    private Next deliver(Run run, Item item) {
        begin(run, item);
        Optional<Link<Notifier>> link = link();
        if (link.isEmpty()) {
            return Next.REST;
        }
        Notice notice;
        try {
            notice = Letter.notice(item.body());
        } catch (IllegalArgumentException damaged) {
            mailbox.bury(item, 0, damaged.getMessage());
            return Next.GO_ON;
        }
        Optional<Chain<Notifier>> entered = notifiers.enter(link.get());
        if (entered.isEmpty()) {
            return Next.PAUSE_SHORTLY;
        }
        try (Chain<Notifier> chain = entered.get()) {
            return call(run, item, chain.links().get(0), notice);
        }
    }

    private Optional<Link<Notifier>> link() {
        return notifiers.links().stream()
                .filter(link -> link.info().name().equals(mailbox.notifier()))
                .findFirst();
    }

    private Next call(Run run, Item item, Link<Notifier> link, Notice notice) {
        try {
            Optional<IOException> notNow = link.call(notifier -> passOn(notifier, notice));
            return notNow.isEmpty() ? taken(run, item) : failed(run, item, Masked.reason(notNow.get()));
        } catch (PluginFault fault) {
            return switch (fault.kind()) {
                case QUARANTINED, BUSY -> Next.PAUSE_SHORTLY;
                case FAILED, LATE -> failed(run, item, Masked.reason(fault));
            };
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.INVALID) {
                attempts.refused();
            }
            return failed(run, item, Masked.reason(refusal));
        }
    }

    private static Optional<IOException> passOn(Notifier notifier, Notice notice) {
        try {
            notifier.notify(notice);
            return Optional.empty();
        } catch (IOException notNow) {
            return Optional.of(notNow);
        }
    }

    private synchronized void begin(Run run, Item item) {
        run.inHand = item;
        attempts.of(item.key());
    }

    private Next taken(Run run, Item item) {
        boolean isTime;
        synchronized (this) {
            if (!holds(run)) {
                return Next.GO_ON;
            }
            failures = 0;
            isTime = run.taken.add(item);
        }
        if (isTime) {
            removeTaken(run);
        }
        return Next.GO_ON;
    }

    private void removeTaken(Run run) {
        List<Item> taken = run.taken.all();
        if (!taken.isEmpty()) {
            mailbox.remove(taken);
        }
    }

    private Next failed(Run run, Item item, String reason) {
        int made;
        synchronized (this) {
            if (!holds(run)) {
                return Next.REST;
            }
            failures++;
            made = attempts.failed();
        }
        log.atWarn()
                .addKeyValue("event", "notice.failed")
                .addKeyValue("notifier", mailbox.notifier())
                .addKeyValue("ticket", Line.ticket(item))
                .addKeyValue("attempt", made)
                .addKeyValue("reason", reason)
                .log("a notice was not taken; it is tried again");
        if (!attempts.areEnough(settings.get().attempts())) {
            return Next.PAUSE_LONGER;
        }
        mailbox.bury(item, made, reason);
        return Next.GO_ON;
    }

    /** On another thread, since the worker is lost in the call: whatever it brings back, the queue is no longer its. */
    private void stuck(Run run) {
        Item item;
        synchronized (this) {
            item = run.inHand;
        }
        Next next = Next.PAUSE_LONGER;
        try {
            removeTaken(run);
            next = failed(run, item, "the call does not come back");
        } finally {
            finished(run, next == Next.GO_ON ? Next.PAUSE_LONGER : next);
        }
    }
}
