package org.latchkey.procs;

import java.util.concurrent.CountDownLatch;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;

/** Begins a run and does not come back. */
final class HangingExecutor implements Executor {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    void letGo() {
        free.countDown();
    }

    @Override
    public String start(Job job, Watch watch) {
        asked.countDown();
        try {
            free.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return "late";
    }

    @Override
    public void resume(String handle, Job job, long lines, Watch watch) {
        throw new IllegalStateException("nothing to resume");
    }

    @Override
    public void stop(String handle) {
        throw new IllegalStateException("nothing to stop");
    }
}
