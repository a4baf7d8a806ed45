package org.latchkey.kernel.deploy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.latchkey.kernel.extension.Points;

/**
 * How a revision goes that serves no more: its last calls end or are cut, it is stopped and uninstalled, and
 * what it left behind is looked for. Each on a thread of its own, so that nothing else waits.
 */
final class Retirement {

    private final Points points;
    private final Installer installer;
    private final Leftovers leftovers;
    private final Queue<Revision> leaving = new ConcurrentLinkedQueue<>();

    Retirement(Points points, Installer installer, Leftovers leftovers) {
        this.points = points;
        this.installer = installer;
        this.leftovers = leftovers;
    }

    /** Lets the revision go, which is out of all chains already. */
    Thread retire(Revision revision) {
        return retire(revision, () -> {});
    }

    /** As {@link #retire(Revision)}, with something to do after its last call. */
    Thread retire(Revision revision, Runnable afterLastCall) {
        revision.life().advance(Stage.DRAINING);
        leaving.add(revision);
        Thread thread = new Thread(
                () -> end(revision, afterLastCall),
                "latchkey-retire-" + revision.jar().symbolicName());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void end(Revision revision, Runnable afterLastCall) {
        points.drain(revision.bundle());
        afterLastCall.run();
        installer.uninstall(revision.bundle());
        revision.life().advance(Stage.GONE);
        leftovers.watch(revision);
        leaving.remove(revision);
    }

    /** As {@link #retire}, and waits a moment for it. */
    void retireNow(Revision revision) {
        try {
            retire(revision).join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those whose last calls have not ended yet. */
    List<Revision> leaving() {
        return List.copyOf(leaving);
    }
}
