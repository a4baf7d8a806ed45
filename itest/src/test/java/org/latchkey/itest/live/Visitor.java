package org.latchkey.itest.live;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Somebody who looks at a page again and again, also while the server is down: what is broken shows in calls only. */
public final class Visitor {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int port;
    private final String path;
    private final Thread thread = new Thread(this::run, "visitor");
    private volatile boolean over;

    public Visitor(int port, String path) {
        this.port = port;
        this.path = path;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!over) {
            try (Client client = new Client(port)) {
                client.get(path, "");
            } catch (IOException down) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Goes home. */
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }
}
