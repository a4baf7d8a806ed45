package org.latchkey.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that start the same thing at the same moment. */
public final class Race {

    private static final long LIMIT_SECONDS = 60;

    private Race() {}

    /** What one of them does; {@code lane} counts from 0. */
    @FunctionalInterface
    public interface Runner<T> {
        T run(int lane) throws Exception;
    }

    /**
     * Runs all lanes at once and gives what they returned, by lane.
     *
     * @throws Exception what the first lane that failed threw, wrapped; or that a lane was not done within a minute
     */
    public static <T> List<T> of(int lanes, Runner<T> runner) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            CyclicBarrier start = new CyclicBarrier(lanes);
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                int lane = i;
                tasks.add(() -> {
                    start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                    return runner.run(lane);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(tasks, LIMIT_SECONDS, TimeUnit.SECONDS)) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
