package org.latchkey.procs.exec.kubernetes;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Runs procs as jobs of a Kubernetes cluster. What is wrong with the settings is refused here; a cluster that does not answer
 * is told as health, and nothing is lost of what runs in it.
 */
@Component(
        configurationPid = KubernetesExecutor.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = {Executor.NAME + "=kubernetes", HealthCheck.READINESS + ":Boolean=false"})
@Designate(ocd = KubernetesExecutor.Config.class)
public final class KubernetesExecutor implements Executor, HealthCheck {

    @ObjectClassDefinition(name = "Procs in Kubernetes", description = "Procs that run as jobs of a cluster.")
    public @interface Config {
        @AttributeDefinition(name = "Namespace", description = "Where jobs are made.")
        String namespace() default "default";

        @AttributeDefinition(
                name = "Kubeconfig",
                description = "File that says how the cluster is reached; relative to etc. Empty inside of it.")
        String kubeconfig() default "";

        @AttributeDefinition(name = "Context", description = "Which of its contexts; empty for the current one.")
        String context() default "";

        @AttributeDefinition(name = "Service account", description = "Whose rights programs have; empty for none.")
        String serviceAccount() default "";

        @AttributeDefinition(name = "Pull secrets", description = "Names of secrets that images are pulled with.")
        String[] pullSecrets() default {};

        @AttributeDefinition(name = "Annotations", description = "Annotations of pods, name=value.")
        String[] annotations() default {};

        @AttributeDefinition(name = "Memory", description = "What a container may have, such as 512Mi; empty for any.")
        String memory() default "";

        @AttributeDefinition(name = "CPU", description = "What a container may have, such as 500m; empty for any.")
        String cpu() default "";

        @AttributeDefinition(name = "Retries", description = "How often a program that failed is run again.")
        int retries() default 0;

        @AttributeDefinition(name = "At once", description = "How many runs at once; one more is refused.")
        int atOnce() default 50;

        @AttributeDefinition(name = "Grace", description = "Seconds between asking a run to end and ending it.")
        int graceSeconds() default 10;

        @AttributeDefinition(name = "Keep", description = "Minutes that a job stays in the cluster after its end.")
        int keepMinutes() default 60;

        @AttributeDefinition(name = "Pull", description = "Seconds that an image may be tried to be pulled.")
        int pullSeconds() default 120;

        @AttributeDefinition(name = "Look", description = "Milliseconds between two looks at the cluster.")
        int lookMillis() default 1000;
    }

    static final String PID = "latchkey.procs.kubernetes";

    private final Runs runs;

    @Activate
    public KubernetesExecutor(BundleContext context, Config config) {
        String etc = context.getProperty("latchkey.etc");
        Settings settings = Settings.of(config);
        this.runs = new Runs(
                new Cluster(Connection.open(config, Path.of(etc == null ? "" : etc))), settings, Clock.systemUTC());
    }

    @Deactivate
    void deactivate() {
        runs.close();
    }

    @Override
    public String start(Job job, Watch watch) {
        return runs.start(job, watch);
    }

    @Override
    public void resume(String handle, Job job, long lines, Watch watch) {
        runs.resume(handle, job, lines, watch);
    }

    @Override
    public void stop(String handle) {
        runs.stop(handle);
    }

    @Override
    public String name() {
        return "procs.kubernetes";
    }

    @Override
    public Optional<String> fault() {
        return runs.fault();
    }
}
