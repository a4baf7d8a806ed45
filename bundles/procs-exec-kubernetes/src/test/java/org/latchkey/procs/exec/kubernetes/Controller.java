package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The job controller, the kubelet and the garbage collector of a {@link TestCluster}, as far as runs need them. */
final class Controller implements AutoCloseable {

    private static final String NAMESPACE = TestCluster.NAMESPACE;
    private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** One job and the process of its last pod. */
    private static final class Running {
        final long began = System.nanoTime();
        int attempts;
        String pod = "";
        Process process;
        long asked;
    }

    private final TestCluster cluster;
    private final Path folder;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** Pods that have ended and go, since when. */
    private final Map<String, Long> leaving = new ConcurrentHashMap<>();

    private final List<String> failures = new ArrayList<>();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();

    Controller(TestCluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        worker.scheduleWithFixedDelay(this::work, 20, 50, TimeUnit.MILLISECONDS);
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    private void work() {
        try {
            removePods();
            for (Job job : cluster.admin
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(NAMESPACE)
                    .list()
                    .getItems()) {
                boolean done = job.getStatus() != null
                        && !job.getStatus().getConditions().isEmpty();
                if (!done && !Boolean.TRUE.equals(job.getSpec().getSuspend())) {
                    move(job, running.computeIfAbsent(job.getMetadata().getUid(), uid -> new Running()));
                }
            }
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                failures.add(e.toString());
            }
        }
    }

    /** Whoever follows the log of a real pod has read it to its end by then; that of this cluster is read in pieces. */
    private void removePods() {
        leaving.entrySet().removeIf(each -> {
            boolean due = System.nanoTime() - each.getValue() > LEAVING_NANOS;
            if (due) {
                cluster.admin
                        .pods()
                        .inNamespace(NAMESPACE)
                        .withName(each.getKey())
                        .delete();
            }
            return due;
        });
    }

    private void move(Job job, Running run) throws IOException {
        Container container =
                job.getSpec().getTemplate().getSpec().getContainers().get(0);
        boolean late = System.nanoTime() - run.began
                > TimeUnit.SECONDS.toNanos(job.getSpec().getActiveDeadlineSeconds());
        boolean pullable = !container.getImage().startsWith("missing");
        if (run.process == null && !late) {
            if (run.pod.isEmpty()) {
                run.pod = job.getMetadata().getName() + "-" + run.attempts++;
                pod(job, run.pod, pullable ? "ContainerCreating" : "ImagePullBackOff");
            }
            if (pullable) {
                begin(container, run);
            }
        } else if (run.process != null && run.process.isAlive()) {
            if (late) {
                end(job, run);
            }
        } else {
            ended(job, run, late);
        }
    }

    private void ended(Job job, Running run, boolean late) {
        int code = run.process == null ? 0 : run.process.exitValue();
        if (run.process != null) {
            state(
                    run.pod,
                    code == 0 ? "Succeeded" : "Failed",
                    new ContainerStateBuilder()
                            .withNewTerminated()
                            .withExitCode(code)
                            .withReason(code == 0 ? "Completed" : code == 77 ? "OOMKilled" : "Error")
                            .endTerminated()
                            .build());
        }
        if (late) {
            leaving.put(run.pod, System.nanoTime());
            condition(job, "Failed", "DeadlineExceeded");
        } else if (code == 0) {
            condition(job, "Complete", "");
        } else if (run.attempts > job.getSpec().getBackoffLimit()) {
            condition(job, "Failed", "BackoffLimitExceeded");
        } else {
            run.pod = "";
            run.process = null;
        }
    }

    private void begin(Container container, Running run) throws IOException {
        File log = folder.resolve(run.pod).toFile();
        List<String> command = new ArrayList<>(List.of("/usr/bin/setsid"));
        command.addAll(container.getCommand());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        for (EnvVar each : container.getEnv()) {
            builder.environment().put(each.getName(), value(each));
        }
        cluster.logs.put(run.pod, log.toPath());
        run.process = builder.start();
        state(
                run.pod,
                "Running",
                new ContainerStateBuilder().withNewRunning().endRunning().build());
    }

    private String value(EnvVar variable) {
        var reference = variable.getValueFrom().getSecretKeyRef();
        var secret = cluster.admin
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(reference.getName())
                .require();
        String plain =
                secret.getStringData() == null ? null : secret.getStringData().get(reference.getKey());
        return plain != null
                ? plain
                : new String(
                        Base64.getDecoder().decode(secret.getData().get(reference.getKey())), StandardCharsets.UTF_8);
    }

    private void pod(Job job, String name, String waiting) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withSpec(job.getSpec().getTemplate().getSpec())
                .withNewStatus()
                .withPhase("Pending")
                .addNewContainerStatus()
                .withName(Manifests.CONTAINER)
                .withNewState()
                .withNewWaiting()
                .withReason(waiting)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        cluster.admin.resource(pod).create();
    }

    private void state(String pod, String phase, ContainerState state) {
        cluster.admin.pods().inNamespace(NAMESPACE).withName(pod).edit(now -> new PodBuilder(now)
                .editStatus()
                .withPhase(phase)
                .editContainerStatus(0)
                .withState(state)
                .endContainerStatus()
                .endStatus()
                .build());
    }

    private void condition(Job job, String type, String reason) {
        cluster.admin
                .batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withName(job.getMetadata().getName())
                .edit(now -> new JobBuilder(now)
                        .editOrNewStatus()
                        .addNewCondition()
                        .withType(type)
                        .withStatus("True")
                        .withReason(reason)
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private void end(Job job, Running run) throws IOException {
        long grace = job.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
        boolean first = run.asked == 0;
        if (first) {
            run.asked = System.nanoTime();
        }
        if (first || System.nanoTime() - run.asked > TimeUnit.SECONDS.toNanos(grace)) {
            signal(first ? "TERM" : "KILL", run.process);
        }
    }

    private static void signal(String signal, Process process) throws IOException {
        new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "kill", signal, "" + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What the clock does to jobs that ended: they go, with what belongs to them. */
    void collect() {
        for (Job job :
                cluster.admin.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems()) {
            if (job.getStatus() != null && !job.getStatus().getConditions().isEmpty()) {
                String uid = job.getMetadata().getUid();
                cluster.admin.resource(job).delete();
                cluster.admin.pods().inNamespace(NAMESPACE).list().getItems().stream()
                        .filter(pod -> pod.getMetadata()
                                .getOwnerReferences()
                                .get(0)
                                .getUid()
                                .equals(uid))
                        .forEach(pod -> cluster.admin.resource(pod).delete());
                cluster.admin.secrets().inNamespace(NAMESPACE).list().getItems().stream()
                        .filter(each -> each.getMetadata()
                                .getOwnerReferences()
                                .get(0)
                                .getUid()
                                .equals(uid))
                        .forEach(each -> cluster.admin.resource(each).delete());
            }
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        for (Running each : running.values()) {
            if (each.process != null && each.process.isAlive()) {
                each.process.descendants().forEach(ProcessHandle::destroyForcibly);
                each.process.destroyForcibly();
            }
        }
    }
}
