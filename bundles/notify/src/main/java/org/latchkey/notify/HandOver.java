package org.latchkey.notify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices on their way into the store by themselves: a bounded queue, and one worker at most that stores many in one
 * commit. After each commit it rests for four times as long as that took, so that whatever is offered, most of the
 * store's time is left for those who change something. At the bound the new ones are dropped, those that wait keep their order.
 */
final class HandOver {

    /** Into the store, all or nothing. */
    @FunctionalInterface
    interface Storing {
        void store(List<Notice> batch) throws Store.Conflict;
    }

    /** What became of some that were tried together. */
    private enum Outcome {
        /** Or dropped, since the tickets were always taken. */
        STORED,
        LATER,
        REFUSED
    }

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);
    private static final int BATCH = 200;
    private static final int MOST_CONFLICTS = 3;
    private static final long MOST_CHARACTERS = 16L << 20;
    private static final int RESTS = 4;
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(1);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Storing storing;
    private final Crew crew;
    private final IntSupplier bound;
    private final Deque<Notice> waiting = new ArrayDeque<>();
    private long characters;
    private boolean running;

    /** Dropped and not yet said so in the log. */
    private long unsaid;

    /** Dropped since it began to drop. */
    private long dropped;

    private long lastDropNanos;

    /** Refused by the store for good, since it began to. */
    private long refused;

    private long lastRefusalNanos;
    private long lastComplaintNanos = System.nanoTime() - BETWEEN_COMPLAINTS.toNanos();

    /** @param bound how many may wait, at the moment */
    HandOver(Storing storing, Crew crew, IntSupplier bound) {
        this.storing = storing;
        this.crew = crew;
        this.bound = bound;
    }

    void take(List<Notice> notices) {
        boolean begins;
        synchronized (this) {
            notices.forEach(this::take);
            begins = !running && !waiting.isEmpty();
            running |= begins;
        }
        if (begins) {
            crew.execute(this::work);
        }
    }

    private void take(Notice notice) {
        long size = size(notice);
        if (waiting.size() >= bound.getAsInt() || characters + size > MOST_CHARACTERS) {
            drop(1);
        } else {
            waiting.addLast(notice);
            characters += size;
        }
    }

    private synchronized void drop(int number) {
        unsaid += number;
        dropped += number;
        lastDropNanos = System.nanoTime();
    }

    private static long size(Notice notice) {
        return notice.content().entrySet().stream()
                .mapToLong(fact -> fact.getKey().length() + fact.getValue().length())
                .sum();
    }

    private synchronized List<Notice> next() {
        List<Notice> batch = new ArrayList<>();
        while (batch.size() < BATCH && !waiting.isEmpty()) {
            Notice notice = waiting.removeFirst();
            characters -= size(notice);
            batch.add(notice);
        }
        running = !batch.isEmpty();
        return batch;
    }

    /** The store refuses now: they come first again. What came meanwhile goes if there is no room for both. */
    private synchronized void putBack(List<Notice> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            waiting.addFirst(batch.get(i));
            characters += size(batch.get(i));
        }
    }

    private void work() {
        List<Notice> batch = next();
        if (batch.isEmpty()) {
            complain(Duration.ZERO); // nobody knows when it works next
            return;
        }
        long start = System.nanoTime();
        Duration pause = LATER;
        try {
            if (store(batch)) {
                pause = Duration.ofNanos((System.nanoTime() - start) * RESTS);
            }
        } finally {
            crew.after(pause, () -> crew.execute(this::work)); // whatever happened: nobody else begins it again
        }
        complain(BETWEEN_COMPLAINTS);
    }

    /** Says whether it is done with them. If the store refuses them together, each is tried, and who is refused dropped. */
    private boolean store(List<Notice> batch) {
        return switch (attempt(batch)) {
            case STORED -> true;
            case LATER -> {
                putBack(batch);
                yield false;
            }
            case REFUSED -> storeEach(batch);
        };
    }

    private boolean storeEach(List<Notice> batch) {
        for (int i = 0; i < batch.size(); i++) {
            switch (attempt(batch.subList(i, i + 1))) {
                case STORED -> {}
                case LATER -> {
                    putBack(batch.subList(i, batch.size()));
                    return false;
                }
                case REFUSED -> refuse(batch.get(i));
            }
        }
        return true;
    }

    /** Catches everything that is no Error: after a notice that cannot be stored, for whatever reason, come others. */
    private Outcome attempt(List<Notice> batch) {
        try {
            for (int tries = 1; tries <= MOST_CONFLICTS; tries++) {
                if (isStored(batch)) {
                    return Outcome.STORED;
                }
            }
            drop(batch.size());
            return Outcome.STORED;
        } catch (Refusal refusal) {
            log.atWarn()
                    .addKeyValue("reason", refusal.code())
                    .addKeyValue("number", batch.size())
                    .log("the store refuses notices");
            return refusal.kind() == Refusal.Kind.UNAVAILABLE ? Outcome.LATER : Outcome.REFUSED;
        } catch (RuntimeException broken) {
            log.atError().addKeyValue("number", batch.size()).setCause(broken).log("notices could not be stored");
            return Outcome.REFUSED;
        }
    }

    private void refuse(Notice notice) {
        synchronized (this) {
            refused++;
            lastRefusalNanos = System.nanoTime();
        }
        log.atError()
                .addKeyValue("event", "notice.dropped")
                .addKeyValue("kind", "refused")
                .addKeyValue("type", notice.type())
                .addKeyValue("id", notice.id())
                .log("a notice cannot be stored: it is dropped");
    }

    private boolean isStored(List<Notice> batch) {
        try {
            storing.store(batch);
            return true;
        } catch (Store.Conflict sameTicket) {
            log.debug("a ticket was taken; the batch gets new ones");
            return false;
        }
    }

    /** Unless that was done so short a time ago. */
    private void complain(Duration pause) {
        long number;
        synchronized (this) {
            if (unsaid == 0 || System.nanoTime() - lastComplaintNanos < pause.toNanos()) {
                return;
            }
            number = unsaid;
            unsaid = 0;
            lastComplaintNanos = System.nanoTime();
        }
        log.atError()
                .addKeyValue("event", "notice.dropped")
                .addKeyValue("kind", "hand-over")
                .addKeyValue("number", number)
                .log("notices come faster than they can be stored: the new ones are dropped");
    }

    /** What is wrong, until some minutes after it was. */
    synchronized Optional<String> fault() {
        if (dropped > 0 && System.nanoTime() - lastDropNanos > REMEMBERED.toNanos()) {
            dropped = 0;
        }
        if (refused > 0 && System.nanoTime() - lastRefusalNanos > REMEMBERED.toNanos()) {
            refused = 0;
        }
        List<String> faults = new ArrayList<>();
        if (dropped > 0) {
            faults.add(dropped + " notices came faster than they could be stored and were dropped.");
        }
        if (refused > 0) {
            faults.add(refused + " notices could not be stored and were dropped.");
        }
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", faults));
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Stores what waits, within a moment; what is left then is lost, and the log says how much. */
    void flush() {
        long start = System.nanoTime();
        List<Notice> batch = next();
        while (!batch.isEmpty()) {
            if (System.nanoTime() - start > PATIENCE.toNanos() || !store(batch)) {
                int left = batch.size() + waiting();
                log.atError()
                        .addKeyValue("event", "notice.dropped")
                        .addKeyValue("number", left)
                        .log("no time to store");
                return;
            }
            batch = next();
        }
    }
}
