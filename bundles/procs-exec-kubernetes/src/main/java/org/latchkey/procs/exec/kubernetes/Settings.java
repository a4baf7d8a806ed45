package org.latchkey.procs.exec.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operator decides about jobs.
 *
 * @param annotations of pods
 * @param memory what a container may have, as Kubernetes writes it; empty for any. So with {@code cpu}
 * @param pull how long an image may be tried to be pulled, or a container to be made
 */
record Settings(
        String namespace,
        String serviceAccount,
        List<String> pullSecrets,
        Map<String, String> annotations,
        String memory,
        String cpu,
        int retries,
        int atOnce,
        Duration grace,
        Duration keep,
        Duration pull,
        Duration look) {

    private static final int MOST = 1_000_000;

    /** @throws IllegalArgumentException naming all that is wrong */
    static Settings of(KubernetesExecutor.Config config) {
        List<String> faults = new ArrayList<>();
        if (!Handle.isName(config.namespace())) {
            faults.add("namespace \"" + config.namespace() + "\" is none");
        }
        check(
                faults,
                config.memory().matches("([0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?)?"),
                "memory \"" + config.memory() + "\" is no quantity");
        check(faults, config.cpu().matches("([0-9]+(\\.[0-9]+)?m?)?"), "cpu \"" + config.cpu() + "\" is no quantity");
        check(faults, "retries", config.retries(), 0);
        check(faults, "atOnce", config.atOnce(), 1);
        check(faults, "graceSeconds", config.graceSeconds(), 0);
        check(faults, "keepMinutes", config.keepMinutes(), 1);
        check(faults, "pullSeconds", config.pullSeconds(), 1);
        check(faults, "lookMillis", config.lookMillis(), 50);
        Map<String, String> annotations = annotations(config.annotations(), faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return new Settings(
                config.namespace(),
                config.serviceAccount(),
                Arrays.stream(config.pullSecrets())
                        .filter(each -> !each.isBlank())
                        .toList(),
                annotations,
                config.memory(),
                config.cpu(),
                config.retries(),
                config.atOnce(),
                Duration.ofSeconds(config.graceSeconds()),
                Duration.ofMinutes(config.keepMinutes()),
                Duration.ofSeconds(config.pullSeconds()),
                Duration.ofMillis(config.lookMillis()));
    }

    private static Map<String, String> annotations(String[] texts, List<String> faults) {
        Map<String, String> annotations = new LinkedHashMap<>();
        for (String each : texts) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                faults.add("annotations must be name=value, not \"" + each + "\"");
            } else {
                annotations.put(each.substring(0, equals).strip(), each.substring(equals + 1));
            }
        }
        return annotations;
    }

    private static void check(List<String> faults, String name, int value, int least) {
        check(
                faults,
                value >= least && value <= MOST,
                name + " must be from " + least + " to " + MOST + ", not " + value);
    }

    private static void check(List<String> faults, boolean right, String fault) {
        if (!right) {
            faults.add(fault);
        }
    }
}
