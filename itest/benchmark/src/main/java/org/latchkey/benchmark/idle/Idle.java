package org.latchkey.benchmark.idle;

import java.util.Hashtable;
import java.util.Map;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A whole plugin in one class: an executor {@code idle} whose runs do nothing and have ended at once. */
public final class Idle implements BundleActivator, Executor {

    @Override
    public void start(BundleContext context) {
        context.registerService(Executor.class, this, new Hashtable<>(Map.of(Executor.NAME, "idle")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service away.
    }

    @Override
    public String start(Job job, Watch watch) {
        watch.running();
        watch.ended(Ending.exited(0));
        return job.id();
    }

    @Override
    public void resume(String handle, Job job, long lines, Watch watch) {
        watch.ended(Ending.exited(0));
    }

    @Override
    public void stop(String handle) {
        // It has ended.
    }
}
