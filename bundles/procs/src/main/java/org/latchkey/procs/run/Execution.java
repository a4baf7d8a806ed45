package org.latchkey.procs.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One run of a proc, as it is stored.
 *
 * @param id unique, later ones greater, below 2^53 so that every JSON reader keeps it (RFC 8259, 6)
 * @param version of the stored item
 * @param order what was wanted
 * @param course what became of it
 * @param watch who keeps an eye on it
 */
public record Execution(long id, long version, Wish order, Course course, Watching watch) {

    /**
     * What was wanted, as it was when it was begun.
     *
     * @param proc its name
     * @param name the run's own, as it is called where it runs
     * @param groups whose members might run the proc, for when the proc is gone
     * @param args without secrets
     * @param sealed the secrets it got, sealed; empty once it has ended
     */
    public record Wish(
            String proc,
            String name,
            String image,
            List<String> command,
            Set<String> groups,
            Map<String, String> args,
            String user,
            String executor,
            long limitSeconds,
            String callbackUrl,
            String scheduleId,
            String sealed) {

        public Wish {
            command = List.copyOf(command);
            groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
            args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        }

        Wish withoutSecrets() {
            return new Wish(
                    proc,
                    name,
                    image,
                    command,
                    groups,
                    args,
                    user,
                    executor,
                    limitSeconds,
                    callbackUrl,
                    scheduleId,
                    "");
        }

        /** Nothing of what it was given. */
        @Override
        public String toString() {
            return "Wish[" + proc + ", " + user + "]";
        }
    }

    /**
     * What became of it so far.
     *
     * @param reason why it ended as it did, for whoever had it run; may be empty
     * @param stopBy who wants it stopped, empty if nobody does
     */
    public record Course(
            Status status,
            Instant createdAt,
            Instant updatedAt,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            OptionalInt exitCode,
            String reason,
            String stopBy) {}

    /**
     * Who keeps an eye on it, and how far that has come.
     *
     * @param watcher the one that does so now
     * @param handle what its executor finds it by, empty until it was begun
     * @param seen how many lines its executor has told
     * @param lines how many of them are stored
     * @param size how many characters these have
     */
    public record Watching(String watcher, String handle, long seen, long lines, long size) {

        Watching by(String other) {
            return new Watching(other, handle, seen, lines, size);
        }

        Watching withHandle(String given) {
            return new Watching(watcher, given, seen, lines, size);
        }
    }

    public Status status() {
        return course.status();
    }

    public boolean hasEnded() {
        return course.status().hasEnded();
    }

    public String proc() {
        return order.proc();
    }

    Execution with(Course changed) {
        return new Execution(id, version, changed.status().hasEnded() ? order.withoutSecrets() : order, changed, watch);
    }

    Execution with(Watching changed) {
        return new Execution(id, version, order, course, changed);
    }

    Execution asVersion(long stored) {
        return new Execution(id, stored, order, course, watch);
    }
}
