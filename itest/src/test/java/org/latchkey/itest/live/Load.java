package org.latchkey.itest.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a fixed rate, whether those before were answered or not. A latency counts from the moment at which the
 * request was meant to be sent, so that a server that stands still is seen to do so.
 */
public final class Load implements AutoCloseable {

    private static final long LAST_ANSWERS_SECONDS = 60;

    /** What to ask for the n-th time. */
    public interface Question {
        Client.Reply ask(Client client, long n) throws IOException;
    }

    /**
     * One request and what became of it. Times are of {@link System#nanoTime()}.
     *
     * @param intended when it was due
     * @param sent when it was sent
     * @param ended when its answer was there
     * @param status 0 if the connection broke
     * @param body of the answer, or how the connection broke
     */
    public record Sample(String kind, long intended, long sent, long ended, int status, String body) {

        public long latencyNanos() {
            return ended - intended;
        }
    }

    private final Client client;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final List<Thread> clocks = new ArrayList<>();
    private volatile boolean over;

    public Load(int port) {
        this.client = new Client(port);
    }

    /** Asks so many times a second from now on. */
    public Load stream(String kind, double perSecond, Question question) {
        Thread clock = new Thread(() -> run(kind, perSecond, question), "clock-" + kind);
        clock.setDaemon(true);
        clock.start();
        clocks.add(clock);
        return this;
    }

    private void run(String kind, double perSecond, Question question) {
        long start = System.nanoTime();
        for (long n = 0; !over; n++) {
            long due = start + (long) (n * 1e9 / perSecond);
            for (long left = due - System.nanoTime(); left > 0 && !over; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long number = n;
            workers.execute(() -> ask(kind, due, number, question));
        }
    }

    private void ask(String kind, long due, long n, Question question) {
        long sent = System.nanoTime();
        try {
            Client.Reply reply = question.ask(client, n);
            samples.add(new Sample(kind, due, sent, System.nanoTime(), reply.status(), reply.body()));
        } catch (IOException broken) {
            samples.add(new Sample(kind, due, sent, System.nanoTime(), 0, broken.toString()));
        }
    }

    /** Ends the load, waits for the last answers, and gives all. */
    public List<Sample> end() throws InterruptedException {
        over = true;
        for (Thread clock : clocks) {
            clock.join();
        }
        workers.shutdown();
        if (!workers.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Requests are not answered " + LAST_ANSWERS_SECONDS + " s after the end");
        }
        return List.copyOf(samples);
    }

    @Override
    public void close() throws IOException {
        over = true;
        workers.shutdownNow();
        client.close();
    }
}
