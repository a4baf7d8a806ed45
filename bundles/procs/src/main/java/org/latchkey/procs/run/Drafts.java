package org.latchkey.procs.run;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Job;
import org.latchkey.procs.log.Mask;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.run.Execution.Course;
import org.latchkey.procs.run.Execution.End;
import org.latchkey.procs.run.Execution.Watching;
import org.latchkey.procs.run.Execution.Wish;
import org.latchkey.procs.secret.ProcSecrets;

/** Makes runs of orders, and jobs of runs. */
final class Drafts {

    private static final int MOST_ARGS = 100;
    private static final int LONGEST_ARG = 64 * 1024;
    private static final int MOST_TEXT = 128 * 1024;

    private final ProcSecrets secrets;
    private final KnownExecutors executors;
    private final Duration limit;
    private final Clock clock;

    /** @param limit how long runs of procs may take that say nothing of it */
    Drafts(ProcSecrets secrets, KnownExecutors executors, Duration limit, Clock clock) {
        this.secrets = secrets;
        this.executors = executors;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * A run that is not stored yet, with what it gets.
     *
     * @param run has ended already if it cannot be begun
     */
    record Draft(Execution run, Map<String, String> secrets) {

        Mask mask() {
            return new Mask(secrets.values());
        }

        @Override
        public String toString() {
            return "Draft[" + run.id() + "]";
        }
    }

    /** @throws Refusal (INVALID) for arguments that the proc does not declare, or that are too large */
    static void check(Order order) {
        int text = 0;
        for (Map.Entry<String, String> each : order.args().entrySet()) {
            String at = "/args/" + each.getKey().replace("~", "~0").replace("/", "~1");
            if (!order.proc().argNames().contains(each.getKey())) {
                throw Refusal.invalid(at, "The proc declares no such argument.");
            }
            if (each.getValue().length() > LONGEST_ARG) {
                throw Refusal.invalid(at, "This has more than " + LONGEST_ARG + " characters.");
            }
            text += each.getValue().length();
        }
        if (order.args().size() > MOST_ARGS || text > MOST_TEXT) {
            throw Refusal.invalid("/args", "These are more than 100, or have more than " + MOST_TEXT + " characters.");
        }
    }

    Draft draft(long id, Order order, String watcher) {
        Proc proc = order.proc();
        Map<String, String> given = new LinkedHashMap<>(secrets.of(proc.name()));
        given.keySet().retainAll(proc.secretNames());
        Optional<String> executor = executors.name(proc.executor());
        Wish wish = new Wish(
                proc.name(),
                proc.incarnation(),
                "proctor-" + UUID.randomUUID(),
                proc.image(),
                proc.command(),
                proc.groups(),
                order.args(),
                order.user(),
                executor.orElse(""),
                proc.timeout().orElse(limit).toSeconds(),
                order.callbackUrl(),
                order.scheduleId(),
                secrets.sealForRun(id, given));
        Execution run = new Execution(id, 0, wish, Course.created(clock.instant()), Watching.begun(watcher));
        return new Draft(
                unmet(proc, given, executor)
                        .map(end -> run.with(run.course().ended(end, clock.instant())))
                        .orElse(run),
                given);
    }

    private Optional<End> unmet(Proc proc, Map<String, String> given, Optional<String> executor) {
        List<String> missing = ProcSecrets.missing(proc.secretNames(), given);
        if (!missing.isEmpty()) {
            return Optional.of(End.of(
                    Status.REQUIREMENT_NOT_MET,
                    "Nobody has stored a value of these secrets: " + String.join(", ", missing) + "."));
        }
        return executor.flatMap(executors::find).isPresent()
                ? Optional.empty()
                : Optional.of(End.of(Status.REQUIREMENT_NOT_MET, KnownExecutors.absent(executor.orElse(""))));
    }

    /** @throws Refusal (UNAVAILABLE) if this server has not the key of its secrets */
    Map<String, String> secrets(Execution run) {
        return secrets.openForRun(run.id(), run.wish().sealed());
    }

    /** What an executor gets: secrets go before arguments, and what the server sets before both. */
    static Job job(Execution run, Map<String, String> secrets) {
        Wish wish = run.wish();
        Map<String, String> environment = new LinkedHashMap<>(wish.args());
        environment.putAll(secrets);
        environment.put("EXECUTION_ID", Long.toString(run.id()));
        environment.put("JOB_NAME", wish.proc());
        environment.put("EXECUTION_NAME", wish.name());
        environment.put("USER_EMAIL", wish.user());
        environment.put("IMAGE_TAG", wish.image());
        return new Job(
                Long.toString(run.id()),
                wish.name(),
                wish.proc(),
                wish.image(),
                wish.command(),
                environment,
                Duration.ofSeconds(wish.limitSeconds()));
    }
}
