package org.latchkey.kernel.extension;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.kernel.ExtensionInfo;

/**
 * Extensions that have left although their plugin serves on: as a rule they come back at once with a changed
 * configuration. Who enters the chain meanwhile waits a moment for them, so that a policy does not have a gap
 * whenever its settings change.
 */
final class Vacancies {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Long> open = new HashMap<>();

    /** Read without the lock by everybody who enters the chain. */
    private volatile boolean any;

    synchronized void open(ExtensionInfo left) {
        open.put(key(left), System.nanoTime() + PATIENCE_NANOS);
        any = true;
    }

    synchronized void fill(ExtensionInfo back) {
        open.remove(key(back));
        any = !open.isEmpty();
        notifyAll();
    }

    /** Waits until all are filled, or have been open for too long to expect anybody. */
    void await() {
        if (any) {
            awaitFilled();
        }
    }

    private synchronized void awaitFilled() {
        boolean interrupted = false;
        while (!open.isEmpty()) {
            long now = System.nanoTime();
            open.values().removeIf(until -> until <= now);
            long left =
                    open.values().stream().mapToLong(until -> until - now).min().orElse(0);
            if (left > 0) {
                try {
                    wait(left / 1_000_000 + 1);
                } catch (InterruptedException laterThen) {
                    interrupted = true;
                }
            }
        }
        any = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String key(ExtensionInfo info) {
        return info.bundle() + " " + info.version() + " " + info.name();
    }
}
