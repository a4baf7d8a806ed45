package org.latchkey.procs.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.latchkey.api.proc.Ending;
import org.latchkey.procs.log.Progress;
import org.latchkey.procs.log.Text;

/**
 * One run of a proc, as it is stored.
 *
 * @param id unique, later ones greater, below 2^53 so that every JSON reader keeps it (RFC 8259, 6)
 * @param version of the stored item
 * @param wish what was wanted
 * @param course what became of it
 * @param watch who keeps an eye on it
 */
public record Execution(long id, long version, Wish wish, Course course, Watching watch) {

    /**
     * What was wanted, as it was when it was begun.
     *
     * @param proc its name
     * @param incarnation which proc of that name, empty if it is older than that is known
     * @param name the run's own, as it is called where it runs
     * @param groups whose members might run the proc, for when that proc is gone
     * @param args without secrets
     * @param sealed the secrets it got, sealed; empty once it has ended
     */
    public record Wish(
            String proc,
            String incarnation,
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
                    incarnation,
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
            String stopBy) {

        static Course created(Instant now) {
            return new Course(
                    Status.CREATED, now, now, Optional.empty(), Optional.empty(), OptionalInt.empty(), "", "");
        }

        Course running(Instant now) {
            return new Course(
                    Status.RUNNING,
                    createdAt,
                    now,
                    Optional.of(now),
                    Optional.empty(),
                    OptionalInt.empty(),
                    "",
                    stopBy);
        }

        Course ended(End end, Instant now) {
            return new Course(
                    end.status(), createdAt, now, startedAt, Optional.of(now), end.exitCode(), end.reason(), stopBy);
        }

        Course stoppedBy(String user, Instant now) {
            return new Course(status, createdAt, now, startedAt, endedAt, exitCode, reason, user);
        }
    }

    /** How it ended. */
    record End(Status status, OptionalInt exitCode, String reason) {

        private static final int LONGEST_REASON = 1000;

        End {
            Objects.requireNonNull(status, "an end has a status");
            Objects.requireNonNull(exitCode, "an exit code is there or not, but never null");
            reason = Text.cut(Text.clean(reason), LONGEST_REASON);
        }

        static End of(Status status, String reason) {
            return new End(status, OptionalInt.empty(), reason);
        }

        static End of(Ending ending) {
            return new End(Status.of(ending.kind()), ending.exitCode(), ending.reason());
        }
    }

    /**
     * Who keeps an eye on it, and how far that has come.
     *
     * @param watcher the one that does so now
     * @param beat how often the watcher has stored something, so that it knows whether it has
     * @param handle what its executor finds it by, empty until it was begun
     * @param seen how many lines its executor has told
     * @param lines how many of them are stored
     * @param size how many characters these have
     */
    public record Watching(String watcher, long beat, String handle, long seen, long lines, long size) {

        static Watching begun(String watcher) {
            return new Watching(watcher, 0, "", 0, 0, 0);
        }

        Watching by(String other) {
            return new Watching(other, beat + 1, handle, seen, lines, size);
        }

        boolean isBegun() {
            return !handle.isEmpty();
        }
    }

    public Status status() {
        return course.status();
    }

    public boolean hasEnded() {
        return course.status().hasEnded();
    }

    public String proc() {
        return wish.proc();
    }

    /** How far its log has come. */
    public Progress progress() {
        return new Progress(watch.lines(), hasEnded() ? Optional.of(status().name()) : Optional.empty());
    }

    Execution with(Course changed) {
        return new Execution(id, version, changed.status().hasEnded() ? wish.withoutSecrets() : wish, changed, watch);
    }

    Execution with(Watching changed) {
        return new Execution(id, version, wish, course, changed);
    }

    Execution asVersion(long stored) {
        return new Execution(id, stored, wish, course, watch);
    }
}
