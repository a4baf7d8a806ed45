package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few things that are asked of a cluster. */
final class Cluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final int CONFLICT = 409;

    private final KubernetesClient client;

    Cluster(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Begins a run: its job waits until the secret is there that belongs to it. If the server dies between the two, the job
     * never begins.
     *
     * @throws Refusal if the cluster would not; nothing is left then
     */
    Handle begin(Job job, Manifests manifests) {
        try {
            Handle handle = Handle.of(client.batch()
                    .v1()
                    .jobs()
                    .resource(manifests.job(job))
                    .create()
                    .getMetadata());
            try {
                client.secrets().resource(manifests.secret(job, handle)).create();
                job(handle).patch(MERGE, "{\"spec\":{\"suspend\":false}}");
                return handle;
            } catch (KubernetesClientException e) {
                remove(handle);
                throw e;
            }
        } catch (KubernetesClientException e) {
            throw refusal(job, e);
        }
    }

    private static Refusal refusal(Job job, KubernetesClientException e) {
        LOG.warn(
                "Run {} of {} cannot be begun: the cluster answers {} {}",
                job.id(),
                job.proc(),
                e.getCode(),
                reason(e));
        return e.getCode() == CONFLICT
                ? Refusal.of(Refusal.Kind.CONFLICT, "run-exists", "This execution was begun before.")
                : Refusal.of(
                        Refusal.Kind.UNAVAILABLE,
                        "executor-unavailable",
                        "The cluster does not begin it (" + reason(e) + "); the server's log says more.");
    }

    /** A word of the cluster's, never what was sent to it. */
    static String reason(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getReason()))
                .orElse(e.getCode() > 0 ? "status " + e.getCode() : "no answer");
    }

    private void remove(Handle handle) {
        try {
            client.secrets()
                    .inNamespace(handle.namespace())
                    .withName(handle.name())
                    .delete();
            job(handle).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
        } catch (KubernetesClientException e) {
            // It is suspended and never begins; it is removed with the others that were begun by half.
            LOG.warn("Job {} cannot be removed: {}", handle, reason(e));
        }
    }

    /** Removes a job that was begun by half. */
    void abandon(Handle handle) {
        LOG.warn("Job {} was begun by half, and is removed", handle);
        remove(handle);
    }

    /**
     * Has a run end, for that reason: its deadline is now, so that the cluster ends its pods as it does with those that
     * take too long. One that has ended stays as it is, and so does what was decided first.
     */
    void end(Handle handle, Ending.Kind kind, String reason) {
        Optional<Attempts> found = Optional.ofNullable(job(handle).get())
                .filter(job -> Handle.of(job.getMetadata()).equals(handle))
                .map(job -> new Attempts(job, List.of()))
                .filter(each -> !each.finished() && each.decided().isEmpty());
        if (found.isPresent()) {
            // The uid makes the cluster refuse it if the job is another by now.
            Map<String, Object> metadata =
                    Map.of("uid", handle.uid(), "annotations", Map.of(Manifests.END, kind + " " + reason));
            Map<String, Object> spec = Map.of("activeDeadlineSeconds", 1, "suspend", false);
            job(handle)
                    .patch(
                            MERGE,
                            client.getKubernetesSerialization().asJson(Map.of("metadata", metadata, "spec", spec)));
        }
    }

    private ScalableResource<io.fabric8.kubernetes.api.model.batch.v1.Job> job(Handle handle) {
        return client.batch().v1().jobs().inNamespace(handle.namespace()).withName(handle.name());
    }

    /** All that is ours in these namespaces. */
    Sight look(Set<String> namespaces) {
        List<io.fabric8.kubernetes.api.model.batch.v1.Job> jobs = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        for (String each : namespaces) {
            // The jobs first: of a job that is done all pods are there then.
            jobs.addAll(client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(each)
                    .withLabel(Manifests.MANAGED, Manifests.OURS)
                    .list()
                    .getItems());
            pods.addAll(client.pods()
                    .inNamespace(each)
                    .withLabel(Manifests.MANAGED, Manifests.OURS)
                    .list()
                    .getItems());
        }
        return new Sight(jobs, pods);
    }

    /** What a container says, from its first line, until it ends or the connection does. */
    LogWatch log(String namespace, String pod) {
        return client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(Manifests.CONTAINER)
                .withReadyWaitTimeout(0)
                .watchLog();
    }

    @Override
    public void close() {
        client.close();
    }
}
