package org.latchkey.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits for one notifier, and what was given up. Both are bounded: at the bound the oldest are dropped. */
final class Mailbox {

    static final String NOTICE = "notice";
    static final String DEAD_LETTER = "dead-letter";

    /** As long as a name may be, so that a ticket fits into the key with it. */
    private static final int LONGEST_NAME = 200;

    /** How far below its bound a full line is cleared, so that this is not to be done again at once: a twentieth. */
    private static final int SLACK = 20;

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final Store store;
    private final String notifier;
    private final Line waiting;
    private final Line dead;

    /** As counted last, with what was enclosed since (also for a change that was not stored) and without what left. */
    private final AtomicLong estimate = new AtomicLong();

    private volatile long lost;
    private final AtomicInteger deadLetters = new AtomicInteger();
    private volatile Interest interest = Interest.ALL;

    Mailbox(Store store, String notifier) {
        this.store = store;
        this.notifier = notifier;
        this.waiting = new Line(store, NOTICE, owner(notifier));
        this.dead = new Line(store, DEAD_LETTER, owner(notifier));
    }

    static boolean canHave(String notifier) {
        return owner(notifier).length() <= LONGEST_NAME;
    }

    /** How a notifier's name stands in keys: without the separator. */
    static String owner(String notifier) {
        return notifier.replace("%", "%25").replace("/", "%2F");
    }

    /** The name of whom {@link #owner} gives that. */
    static String notifier(String owner) {
        return owner.replace("%2F", "/").replace("%25", "%");
    }

    String notifier() {
        return notifier;
    }

    /** What its notifier wants, as it said last. */
    Interest interest() {
        return interest;
    }

    void interest(Interest changed) {
        interest = changed;
    }

    Write.Put put(String ticket, String body) {
        estimate.incrementAndGet();
        return waiting.put(ticket, body);
    }

    List<Item> oldest(int limit) {
        return waiting.oldest(limit);
    }

    /** The notifier has taken them. */
    void remove(List<Item> notices) {
        try {
            store.commit(notices.stream().<Write>map(Line::delete).toList());
            estimate.addAndGet(-notices.size());
        } catch (Store.Conflict someTakenByAnotherNode) {
            notices.forEach(notice -> commit(List.of(Line.delete(notice))));
        }
    }

    /** It is given up, and the line goes on. */
    void bury(Item notice, int attempts, String reason) {
        String body = Letter.dead(notice.body(), notifier, attempts, reason, Instant.now());
        String ticket = Line.ticket(notice);
        commit(List.of(Line.delete(notice), dead.put(ticket, body)));
        deadLetters.incrementAndGet();
        log.atError()
                .addKeyValue("event", "notice.dead")
                .addKeyValue("notifier", notifier)
                .addKeyValue("ticket", ticket)
                .addKeyValue("attempts", attempts)
                .addKeyValue("reason", reason)
                .log("a notice is given up: it is a dead letter");
    }

    private void commit(List<Write> writes) {
        try {
            store.commit(writes);
            estimate.decrementAndGet();
        } catch (Store.Conflict takenByAnotherNode) {
            log.atDebug().addKeyValue("notifier", notifier).log("another node was faster");
        }
    }

    boolean isOverfull(Settings settings) {
        return estimate.get() > settings.waiting();
    }

    /** Counts, and drops what is too much. */
    void tidy(Settings settings) {
        int count = waiting.count();
        int tooMany = dropped(waiting, count, settings.waiting());
        lost = count == 0 ? 0 : lost + tooMany;
        estimate.set(count - tooMany);
        int given = dead.count();
        deadLetters.set(given - dropped(dead, given, settings.deadLetters()));
    }

    private int dropped(Line line, int count, int bound) {
        if (count <= bound) {
            return 0;
        }
        int dropped = line.drop(count - (bound - bound / SLACK));
        log.atError()
                .addKeyValue("event", "notice.dropped")
                .addKeyValue("notifier", notifier)
                .addKeyValue("kind", line == waiting ? NOTICE : DEAD_LETTER)
                .addKeyValue("number", dropped)
                .log("too many wait: the oldest are dropped");
        return dropped;
    }

    /** An operator has dealt with so many dead letters. */
    void settled(int letters) {
        deadLetters.updateAndGet(before -> Math.max(0, before - letters));
    }

    /** Drops everything: nobody will come for it. */
    void clear() {
        int notices = waiting.drop(Integer.MAX_VALUE);
        int letters = dead.drop(Integer.MAX_VALUE);
        log.atWarn()
                .addKeyValue("event", "notifier.forgotten")
                .addKeyValue("notifier", notifier)
                .addKeyValue("notices", notices)
                .addKeyValue("deadLetters", letters)
                .log("a notifier was away too long: what waits for it is dropped");
    }

    /** What is wrong, one sentence each. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        int givenUp = deadLetters.get();
        if (givenUp > 0) {
            faults.add(givenUp + " notices for " + notifier + " could not be delivered and are dead letters.");
        }
        if (lost > 0) {
            faults.add(lost + " notices for " + notifier + " were dropped since too many wait.");
        }
        return faults;
    }
}
