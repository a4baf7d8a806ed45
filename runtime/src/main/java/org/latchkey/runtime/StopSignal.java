package org.latchkey.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What happens on SIGTERM and SIGINT: the server stops, the main thread tidies up, and the process ends with 0. */
final class StopSignal extends Thread {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Server server;
    private final CountDownLatch tidy = new CountDownLatch(1);
    private volatile boolean given;

    private StopSignal(Server server) {
        super("stop");
        this.server = server;
    }

    static StopSignal heed(Server server) {
        StopSignal signal = new StopSignal(server);
        Runtime.getRuntime().addShutdownHook(signal);
        return signal;
    }

    @Override
    public void run() {
        given = true;
        Runtime.getRuntime().halt(stopped() ? 0 : 1);
    }

    private boolean stopped() {
        try {
            return server.stop(LIMIT) && tidy.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            return false;
        }
    }

    /** Whether the server is ending because of it. */
    boolean isGiven() {
        return given;
    }

    /** The main thread has nothing left to do. Unless the signal was given, it ends the process itself. */
    void tidy() {
        tidy.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException alreadyRunning) {
            given = true;
        }
    }
}
