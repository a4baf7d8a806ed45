package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.proc.Ending;

/** A job with its pods, and what became of it: what the exit code says, not that a job came to its end. */
record Attempts(Job job, List<Attempt> pods) {

    /** Whether the cluster is done with it. */
    boolean finished() {
        return condition("Complete").or(() -> condition("Failed")).isPresent();
    }

    /** Whether nothing of it runs any more. */
    boolean quiet() {
        return pods.stream().allMatch(Attempt::over);
    }

    /** How it ended, once {@link #finished()}. */
    Ending ending() {
        return decided().or(this::complete).orElseGet(this::failed);
    }

    /** The end that was decided on by us. */
    Optional<Ending> decided() {
        return Optional.ofNullable(job.getMetadata().getAnnotations())
                .flatMap(all -> Optional.ofNullable(all.get(Manifests.END)))
                .map(text -> {
                    int end = text.indexOf(' ');
                    return Ending.of(Ending.Kind.valueOf(text.substring(0, end)), text.substring(end + 1));
                });
    }

    private Optional<Ending> complete() {
        return condition("Complete").map(any -> Ending.exited(0));
    }

    private Ending failed() {
        JobCondition condition = condition("Failed").orElseThrow();
        if ("DeadlineExceeded".equals(condition.getReason())) {
            String why = pods.stream()
                    .flatMap(each -> each.trouble().stream())
                    .findFirst()
                    .map(each -> " It never began: " + each.reason() + ".")
                    .orElse("");
            return Ending.of(Ending.Kind.TIMED_OUT, "It took longer than it may." + why);
        }
        return pods.stream()
                .flatMap(each -> each.exit().stream())
                .reduce((first, later) -> later)
                .filter(exit -> exit.code() != 0)
                .map(Attempt.Exit::ending)
                .orElseGet(
                        () -> Ending.of(Ending.Kind.FAILED, "The cluster gave it up: " + condition.getReason() + "."));
    }

    private Optional<JobCondition> condition(String type) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(each -> type.equals(each.getType()) && "True".equals(each.getStatus()))
                        .findFirst();
    }
}
