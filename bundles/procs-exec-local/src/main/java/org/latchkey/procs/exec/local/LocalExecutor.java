package org.latchkey.procs.exec.local;

import java.nio.file.Path;
import java.time.Clock;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Runs procs as processes of this machine. They are processes of the server's own user: who writes procs can do what it can.
 * When this goes, by a replacement or with the server, they go on, and are resumed.
 */
@Component(configurationPid = LocalExecutor.PID, property = Executor.NAME + "=local")
@Designate(ocd = LocalExecutor.Config.class)
public final class LocalExecutor implements Executor {

    @ObjectClassDefinition(name = "Procs as processes", description = "Procs that run on the server's machine.")
    public @interface Config {
        @AttributeDefinition(
                name = "Directory",
                description =
                        "Where runs have their folders; relative to the data directory. Empty for procs-local in it.")
        String directory() default "";

        @AttributeDefinition(
                name = "Programs",
                description =
                        "Absolute paths of programs, and of directories of programs, that may be run. Empty for any.")
        String[] programs() default {};

        @AttributeDefinition(name = "Path", description = "The PATH that programs get.")
        String path() default "/usr/local/bin:/usr/bin:/bin";

        @AttributeDefinition(
                name = "Memory",
                description = "MiB of address space that a process of a run may have; 0 for any.")
        int memoryMiB() default 4096;

        @AttributeDefinition(name = "Output", description = "MiB that a run may say; one that says more is ended.")
        int outputMiB() default 100;

        @AttributeDefinition(
                name = "File",
                description = "MiB that a file may have which a process of a run writes; 0 for any.")
        int fileMiB() default 4096;

        @AttributeDefinition(name = "At once", description = "How many runs at once; one more is refused.")
        int atOnce() default 50;

        @AttributeDefinition(name = "Grace", description = "Seconds between asking a run to end and ending it.")
        int graceSeconds() default 10;

        @AttributeDefinition(
                name = "Keep",
                description = "Minutes that the output of a run is kept here after its end.")
        int keepMinutes() default 60;
    }

    static final String PID = "latchkey.procs.local";

    private final Runs runs;

    @Activate
    public LocalExecutor(BundleContext context, Config config) {
        this.runs = new Runs(Settings.of(config, Path.of(context.getProperty("latchkey.data"))), Clock.systemUTC());
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
}
