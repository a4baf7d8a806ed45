package org.latchkey.kernel.deploy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Rejection;

/**
 * Brings up one jar beside whatever runs, on a thread of its own: an activator may hang, and neither the other
 * plugins nor those who watch over them wait for it.
 */
final class Trial {

    /** How a jar becomes a revision, and how one goes that nobody wants any more. */
    interface Work {

        Revision bringUp(Jar jar, Life life, ThreadGroup group) throws Exception;

        void dispose(Revision revision);

        void ended();
    }

    private final Jar jar;
    private final Duration limit;
    private final long deadline;
    private final Life life;
    private final Work work;
    private final FutureTask<Revision> bringingUp;
    private final Thread thread;
    private boolean abandoned;

    Trial(Jar jar, Duration limit, Work work) {
        this.jar = jar;
        this.limit = limit;
        this.work = work;
        this.life = new Life(jar);
        this.deadline = System.nanoTime() + limit.toNanos();
        ThreadGroup group = new ThreadGroup("plugin-" + jar.symbolicName());
        this.bringingUp = new FutureTask<>(() -> work.bringUp(jar, life, group));
        this.thread = new Thread(group, this::run, "latchkey-start-" + jar.symbolicName());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        bringingUp.run();
        if (isAbandoned()) {
            try {
                work.dispose(bringingUp.get());
            } catch (ExecutionException | InterruptedException failed) {
                Thread.currentThread().interrupt(); // it left nothing behind, and this thread ends
            }
        }
        work.ended();
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    private synchronized boolean abandon() {
        abandoned = !bringingUp.isDone();
        return abandoned;
    }

    Jar jar() {
        return jar;
    }

    /** Whether there is an outcome, be it that the time is over. */
    boolean isOver() {
        return bringingUp.isDone() || System.nanoTime() - deadline >= 0;
    }

    /** The revision that came up, or why none did; after {@link #isOver}. */
    Revision outcome() throws Rejection {
        try {
            if (abandon()) {
                thread.interrupt();
                throw new Rejection("It did not start within " + limit.toSeconds() + " s.");
            }
            return bringingUp.get();
        } catch (ExecutionException failed) {
            life.advance(Stage.REJECTED);
            throw failed.getCause() instanceof Rejection rejection
                    ? rejection
                    : new Rejection("It failed to start: " + Installer.root(failed));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Rejection("The server is stopping.");
        }
    }
}
