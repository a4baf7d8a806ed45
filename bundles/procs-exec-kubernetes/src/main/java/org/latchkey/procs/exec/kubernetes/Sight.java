package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What there is in the cluster of ours, as it was seen at one moment. */
record Sight(List<Job> jobs, List<Pod> pods) {

    /** The job of a run, and its pods, the first attempt first. */
    Optional<Attempts> of(Handle handle) {
        return jobs.stream()
                .filter(job -> Handle.of(job.getMetadata()).equals(handle))
                .findFirst()
                .map(job -> new Attempts(job, podsOf(handle)));
    }

    private List<Attempt> podsOf(Handle handle) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getNamespace().equals(handle.namespace())
                        && pod.getMetadata().getOwnerReferences().stream()
                                .anyMatch(owner -> handle.uid().equals(owner.getUid())))
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .map(Attempt::of)
                .toList();
    }
}
