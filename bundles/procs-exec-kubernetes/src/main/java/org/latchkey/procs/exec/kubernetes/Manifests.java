package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Job;

/** What is written into the cluster for a run: a job, and a secret with the values of its environment. */
final class Manifests {

    /** Whose objects are ours. */
    static final String MANAGED = "app.kubernetes.io/managed-by";

    static final String OURS = "latchkey";

    /** Annotation of a job: how it ends, whatever its pods do, and why. */
    static final String END = "latchkey.org/end";

    static final String CONTAINER = "proc";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,252}");

    private final Settings settings;

    Manifests(Settings settings) {
        this.settings = settings;
    }

    /** @throws Refusal if the job is none for a cluster */
    void check(Job job) {
        if (job.image().isBlank() || job.image().length() > 1000 || job.image().matches(".*[\\s\\p{Cntrl}].*")) {
            throw Refusal.invalid("/image_name", "The proc needs an image: it runs in a container.");
        }
        if (!Handle.isName(job.name())) {
            throw Refusal.invalid("/name", "The name of the execution cannot be that of a job.");
        }
        for (String each : job.environment().keySet()) {
            if (!NAME.matcher(each).matches()) {
                throw Refusal.invalid("/env_vars", "A container cannot be given the variable \"" + each + "\".");
            }
        }
    }

    /** It does not begin yet: {@code suspend} is taken away once its secret is there. */
    io.fabric8.kubernetes.api.model.batch.v1.Job job(Job job) {
        Map<String, String> labels = labels(job);
        return new JobBuilder()
                .withNewMetadata()
                .withName(job.name())
                .withNamespace(settings.namespace())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
                .withBackoffLimit(settings.retries())
                .withActiveDeadlineSeconds(Math.max(1, job.limit().toSeconds()))
                .withTtlSecondsAfterFinished((int) settings.keep().toSeconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(settings.annotations())
                .endMetadata()
                .withSpec(pod(job).build())
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpecBuilder pod(Job job) {
        PodSpecBuilder pod = new PodSpecBuilder()
                .withRestartPolicy("Never")
                // Only what was declared: neither the cluster's services nor, unless an operator gave one, an account.
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(settings.grace().toSeconds())
                .withImagePullSecrets(settings.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withContainers(container(job));
        return settings.serviceAccount().isEmpty()
                ? pod.withAutomountServiceAccountToken(false)
                : pod.withServiceAccountName(settings.serviceAccount());
    }

    private Container container(Job job) {
        Map<String, Quantity> most = new HashMap<>();
        if (!settings.memory().isEmpty()) {
            most.put("memory", new Quantity(settings.memory()));
        }
        if (!settings.cpu().isEmpty()) {
            most.put("cpu", new Quantity(settings.cpu()));
        }
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(job.image())
                .withCommand(job.command())
                .withEnv(job.environment().keySet().stream()
                        .map(name -> variable(job.name(), name))
                        .toList())
                .withNewResources()
                .withLimits(most)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .build();
    }

    private static EnvVar variable(String secret, String name) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(name, secret, false)
                .endValueFrom()
                .build();
    }

    /** The values, which whoever may read jobs does not see; it goes with its job. */
    Secret secret(Job job, Handle owner) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(owner.name())
                .withNamespace(owner.namespace())
                .withLabels(labels(job))
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(owner.name())
                .withUid(owner.uid())
                .endOwnerReference()
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withStringData(job.environment())
                .build();
    }

    private static Map<String, String> labels(Job job) {
        return Map.of(MANAGED, OURS, "job", label(job.proc()), "latchkey.org/execution", label(job.id()));
    }

    /** As much of a text as may be the value of a label. */
    static String label(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9_.-]", "-");
        String cut = plain.substring(0, Math.min(63, plain.length()));
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
