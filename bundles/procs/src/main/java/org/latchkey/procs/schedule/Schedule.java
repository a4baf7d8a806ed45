package org.latchkey.procs.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A proc that runs by itself.
 *
 * @param id unique, below 2^53 so that every JSON reader keeps it
 * @param version of the stored item, 0 if it is new
 */
record Schedule(long id, long version, Plan plan, Owner owner, Times times) {

    /**
     * What is to run, and when.
     *
     * @param args values by the names that the proc declares
     * @param cron exactly as it was given
     * @param emails who is told, comma-separated, exactly as it was given
     * @param group who looks after it; a label that gives no right
     */
    record Plan(
            String proc,
            Map<String, String> args,
            String cron,
            ZoneId zone,
            String tags,
            String emails,
            String group,
            boolean enabled) {

        Plan {
            args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        }

        /** When it fires next; nothing while it is disabled. */
        Optional<Instant> after(Instant moment) {
            return enabled ? Cron.parse(cron, zone).after(moment) : Optional.empty();
        }

        /** Shows no values. */
        @Override
        public String toString() {
            return "Plan[" + proc + ", " + cron + "]";
        }
    }

    /**
     * Its moments.
     *
     * @param next when it is due; nothing if it is not
     * @param fired when it was due last and was seen to
     */
    record Times(Instant createdAt, Instant updatedAt, Optional<Instant> next, Optional<Instant> fired) {}

    Schedule changed(Plan plan, Owner owner, Instant now) {
        return new Schedule(id, version, plan, owner, new Times(times.createdAt, now, plan.after(now), times.fired));
    }

    /** Its due moment is seen to: the next one is after both that and now. */
    Schedule seenTo(Instant now) {
        Optional<Instant> due = times.next.filter(now::isBefore).or(() -> Optional.of(now));
        return new Schedule(
                id,
                version,
                plan,
                owner,
                new Times(times.createdAt, times.updatedAt, due.flatMap(plan::after), times.next));
    }
}
