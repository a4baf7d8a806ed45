package org.latchkey.kernel.extension;

import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.api.kernel.ExtensionPoints.Scope;

/**
 * What to do if the thread that opened it is stuck in a plugin. Remedies form a chain, innermost first,
 * whose links never change: the watchdog may read it while the thread goes on.
 */
class Remedy implements Scope {

    static final Remedy NONE = new Remedy();

    private final Watch watch;
    private final Remedy outer;
    private final Runnable action;
    private final AtomicBoolean done = new AtomicBoolean();

    /** Opens a remedy on the calling thread, whose watch this is. */
    Remedy(Watch watch, Runnable action) {
        this.watch = watch;
        this.action = action;
        this.outer = watch.remedies();
        watch.remedies(this);
    }

    private Remedy() {
        this.watch = null;
        this.action = () -> {};
        this.outer = null;
    }

    /** Applies this and all outer ones, on a thread that is not stuck. */
    final void apply() {
        for (Remedy each = this; each != NONE; each = each.outer) {
            if (each.finish()) {
                each.action.run();
            }
        }
    }

    /** True for the first who calls it: either the thread came to the end of it, or the remedy is applied. */
    final boolean finish() {
        return done.compareAndSet(false, true);
    }

    /** The thread came to the end: from here on the outer remedies are its innermost. */
    final void leaveScope() {
        watch.remedies(outer);
    }

    @Override
    public void close() {
        leaveScope();
        finish();
    }
}
