package org.latchkey.procs.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.proc.Dependents;
import org.latchkey.procs.schedule.Schedule.Plan;
import org.latchkey.procs.schedule.Schedule.Times;
import org.latchkey.procs.store.Changes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules in the store. It is the only place where they are: what is removed there cannot fire any more, and what is changed
 * there fires as it is now.
 */
public final class Schedules implements Dependents {

    private static final Logger log = LoggerFactory.getLogger(Schedules.class);

    private static final String KIND = "procschedule";
    private static final String DUE = "due";
    private static final String PROC = "proc";
    private static final String SAME = "same";

    private static final int PAGE = 500;
    private static final int BATCH = 100;
    private static final int MOST_COMPLAINTS = 1000;
    private static final int MOST_TRIES = 10;
    private static final int ID_STEPS = 1000;

    /** Each version of what cannot be read is told of once, for it is met every other second. */
    private final Set<String> complained = ConcurrentHashMap.newKeySet();

    private final Store store;
    private final Changes changes;

    public Schedules(Store store, Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    Optional<Schedule> find(long id) {
        return store.get(KIND, String.valueOf(id)).map(ScheduleJson::read);
    }

    /** All of them that can be read, the oldest first. */
    List<Schedule> all() {
        List<Schedule> all = new ArrayList<>();
        String after = "";
        while (true) {
            List<Item> page = store.list(KIND, "", after, PAGE);
            page.forEach(item -> readable(item).ifPresent(all::add));
            if (page.size() < PAGE) {
                return all;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    /** All of them, as those see them who may. */
    public ArrayNode shown() {
        ArrayNode shown = Json.array();
        all().forEach(each -> shown.add(ScheduleJson.write(each)));
        return shown;
    }

    /** Hands over those that should have fired by now, the longest overdue first, each once, whatever becomes of it. */
    void due(Instant now, Consumer<Schedule> each) {
        String limit = padded(now);
        Optional<Store.Hit> last = Optional.empty();
        while (true) {
            String value = last.map(Store.Hit::value).orElse("");
            String key = last.map(hit -> hit.item().key()).orElse("");
            List<Store.Hit> page = store.scan(KIND, DUE, "", value, key, BATCH);
            List<Store.Hit> due = page.stream()
                    .takeWhile(hit -> hit.value().compareTo(limit) <= 0)
                    .toList();
            due.forEach(hit -> readable(hit.item()).ifPresent(each));
            if (due.size() < BATCH) {
                return;
            }
            last = Optional.of(due.get(BATCH - 1));
        }
    }

    /** Nothing of one that cannot be read, such as one in a time zone that Java has dropped: the others are none the worse for it. */
    private Optional<Schedule> readable(Item item) {
        try {
            return Optional.of(ScheduleJson.read(item));
        } catch (RuntimeException unreadable) { // whatever is wrong with it
            if (complained.size() < MOST_COMPLAINTS && complained.add(item.key() + " " + item.version())) {
                log.atError()
                        .addKeyValue("schedule", item.key())
                        .addKeyValue("reason", unreadable.toString())
                        .log("a schedule cannot be read, and does not run");
            }
            return Optional.empty();
        }
    }

    /** @throws Refusal (EXISTS) if an enabled one has the same proc, arguments and times */
    Schedule create(Plan plan, Owner owner, Instant now) {
        return retried(() -> {
            long id =
                    now.toEpochMilli() * ID_STEPS + ThreadLocalRandom.current().nextInt(ID_STEPS);
            Schedule made = new Schedule(id, 0, plan, owner, new Times(now, now, plan.after(now), Optional.empty()));
            changes.commit(
                    List.of(new Write.Put(item(made))),
                    List.of(ScheduleNotices.of(ScheduleNotices.CREATED, made, owner.id())));
            return made;
        });
    }

    /** @throws Refusal (NOT_FOUND) if it is gone; (EXISTS) as above */
    Schedule change(long id, Plan plan, Owner owner, Instant now) {
        return retried(() -> {
            Schedule changed = require(id).changed(plan, owner, now);
            changes.commit(
                    List.of(new Write.Put(item(changed))),
                    List.of(ScheduleNotices.of(ScheduleNotices.CHANGED, changed, owner.id())));
            return changed;
        });
    }

    /** @throws Refusal (NOT_FOUND) if there is none */
    void remove(long id, String actor) {
        retried(() -> {
            Schedule schedule = require(id);
            changes.commit(
                    List.of(new Write.Delete(KIND, String.valueOf(id), schedule.version())),
                    List.of(ScheduleNotices.of(ScheduleNotices.REMOVED, schedule, actor)));
            return schedule;
        });
    }

    Schedule require(long id) {
        return find(id).orElseThrow(() -> Refusal.notFound("schedule", String.valueOf(id)));
    }

    /**
     * Takes it upon this node to see to a due moment, before anything is begun: whatever happens then, no other node, and no later
     * life of this one, sees to it again.
     *
     * @return false if another node did, or it was changed or removed meanwhile
     */
    boolean claim(Schedule due, Instant now) {
        try {
            changes.commit(List.of(new Write.Put(item(due.seenTo(now)))), List.of());
            return true;
        } catch (Store.Conflict faster) {
            return false;
        }
    }

    @Override
    public List<Write> removedWith(String proc) {
        List<Write> writes = new ArrayList<>();
        String after = "";
        while (true) {
            List<Item> page = store.find(KIND, PROC, proc, after, PAGE);
            page.forEach(item -> writes.add(new Write.Delete(KIND, item.key(), item.version())));
            if (page.size() < PAGE) {
                return writes;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    private static Item item(Schedule schedule) {
        List<Index> indexes = new ArrayList<>();
        indexes.add(new Index(PROC, schedule.plan().proc(), false));
        schedule.times().next().ifPresent(next -> indexes.add(new Index(DUE, padded(next), false)));
        if (schedule.plan().enabled()) {
            indexes.add(new Index(SAME, fingerprint(schedule.plan()), true));
        }
        return ScheduleJson.item(KIND, schedule, indexes);
    }

    /** Written so that the order of texts is that of moments. */
    private static String padded(Instant moment) {
        return String.format("%019d", moment.toEpochMilli());
    }

    /** The same for what would run the same at the same times. */
    private static String fingerprint(Plan plan) {
        Map<String, String> sorted = new TreeMap<>(plan.args());
        StringBuilder text = new StringBuilder();
        List<String> parts = new ArrayList<>(List.of(
                plan.proc(),
                String.join(" ", plan.cron().strip().split("\\s+")),
                plan.zone().getId()));
        sorted.forEach((name, value) -> parts.addAll(List.of(name, value)));
        parts.forEach(part -> text.append(part.length()).append(':').append(part));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private interface Attempt {
        Schedule run() throws Store.Conflict;
    }

    private static Schedule retried(Attempt attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.run();
            } catch (Store.Conflict conflict) {
                if (conflict.field().equals(SAME)) {
                    throw Refusal.of(
                            Refusal.Kind.EXISTS,
                            "duplicate-schedule",
                            "There is already an enabled schedule of this proc with these arguments and times.");
                }
                if (tries == MOST_TRIES) {
                    throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Somebody else changed it at the same time.");
                }
            }
        }
    }
}
