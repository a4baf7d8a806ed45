package org.latchkey.procs;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

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

    /** Has it look as if the watcher of that run had died: its sign of life is gone, and stays so for a moment. */
    void die(Store store) {
        for (Item item : store.list("procrun", "", "", 9)) {
            String body = item.body().replaceAll("\"watcher\":\"[^\"]*\"", "\"watcher\":\"somebody-dead\"");
            try {
                store.commit(List.of(new Write.Put(new Item(
                        item.kind(),
                        item.key(),
                        item.version(),
                        body,
                        List.of(
                                new Item.Index("proc", "deploy", false),
                                new Item.Index("status", "CREATED", false),
                                new Item.Index("live", "yes", false))))));
            } catch (Store.Conflict faster) {
                throw new IllegalStateException(faster);
            }
        }
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
