package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.latchkey.api.proc.Ending;

/**
 * One pod of a job.
 *
 * @param started whether its container runs or has run
 * @param over whether nothing of it runs any more
 * @param exit how its container ended, if it did
 * @param trouble why it does not begin, if something is in its way
 */
record Attempt(String pod, boolean started, boolean over, Optional<Exit> exit, Optional<Trouble> trouble) {

    /** The reasons for which a container never begins, whatever is waited for. */
    private static final Set<String> HOPELESS = Set.of("InvalidImageName", "ErrImageNeverPull");

    private static final Set<String> TROUBLES = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ImageInspectError",
            "RegistryUnavailable",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** How a container ended; {@code reason} is Kubernetes' word for it. */
    record Exit(int code, String reason) {

        Ending ending() {
            boolean plain = Set.of("", "Error", "Completed").contains(reason);
            return plain
                    ? Ending.exited(code)
                    : new Ending(Ending.Kind.FAILED, OptionalInt.of(code), "exit code " + code + " (" + reason + ")");
        }
    }

    /** @param hopeless whether waiting is of no use */
    record Trouble(String reason, boolean hopeless) {}

    static Attempt of(Pod pod) {
        PodStatus status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        Optional<ContainerStatus> container = status.getContainerStatuses().stream()
                .filter(each -> Manifests.CONTAINER.equals(each.getName()))
                .findFirst();
        Optional<ContainerStateTerminated> end =
                container.flatMap(each -> Optional.ofNullable(each.getState().getTerminated()));
        boolean runs =
                container.filter(each -> each.getState().getRunning() != null).isPresent();
        boolean over = end.isPresent() || Set.of("Succeeded", "Failed").contains(text(status.getPhase()));
        return new Attempt(
                pod.getMetadata().getName(),
                runs || end.isPresent(),
                over,
                end.map(each -> new Exit(each.getExitCode(), text(each.getReason()))),
                runs || over ? Optional.empty() : trouble(container, status.getConditions()));
    }

    private static Optional<Trouble> trouble(Optional<ContainerStatus> container, List<PodCondition> conditions) {
        Optional<String> waiting = container
                .flatMap(each -> Optional.ofNullable(each.getState().getWaiting()))
                .map(each -> text(each.getReason()))
                .filter(each -> HOPELESS.contains(each) || TROUBLES.contains(each));
        return waiting.map(reason -> new Trouble(reason, HOPELESS.contains(reason)))
                .or(() -> conditions.stream()
                        .filter(each -> "PodScheduled".equals(each.getType()) && "False".equals(each.getStatus()))
                        .map(each -> new Trouble(text(each.getReason()), false))
                        .findFirst());
    }

    /** Whether the cluster has no room for it, which is worth waiting for as long as the run may take. */
    boolean unscheduled() {
        return trouble.filter(each -> !each.hopeless() && !TROUBLES.contains(each.reason()))
                .isPresent();
    }

    private static String text(String perhaps) {
        return perhaps == null ? "" : perhaps;
    }
}
