package org.latchkey.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many who follow the log of one run as server-sent events. Each line of the log begins with the nanoseconds of the system's
 * clock at which it was written; how long it took to reach a follower is the difference. Prints lines a second over all
 * followers, that delay, whether all saw all, and what the server's threads and processor did.
 */
public final class Followers {

    private static final int MOST_SAMPLES = 1 << 21;

    /** How many come at the same moment. */
    private static final int AT_ONCE = 50;

    private final long[] nanos = new long[MOST_SAMPLES];
    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicLong lines = new AtomicLong();
    private final Semaphore door = new Semaphore(AT_ONCE);

    /** Takes the port, the path of the log, a token and how many follow. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[3]);
        Followers followers = new Followers();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + arguments[0] + arguments[1]))
                .header("Authorization", "Bearer " + arguments[2])
                .header("Accept", "text/event-stream")
                .build();
        ServerTime time = ServerTime.now();
        long start = System.nanoTime();
        List<CompletableFuture<Long>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            followers.door.acquire();
            all.add(followers.follow(client, request));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.MINUTES);
        double elapsed = (System.nanoTime() - start) / 1e9;
        long most = all.stream().mapToLong(CompletableFuture::join).max().orElse(0);
        long complete = all.stream().filter(each -> each.join() == most).count();
        followers.print(count, elapsed, most, complete, time.microsSince());
    }

    private CompletableFuture<Long> follow(HttpClient client, HttpRequest request) {
        Follower follower = new Follower();
        return client.sendAsync(request, BodyHandlers.fromLineSubscriber(follower))
                .thenApply(HttpResponse::statusCode)
                .thenApply(status -> {
                    if (status != 200) {
                        throw new IllegalStateException("answered " + status);
                    }
                    return follower.seen;
                });
    }

    private void print(int count, double elapsed, long most, long complete, long busy) {
        long[] sorted = Arrays.copyOf(nanos, Math.min(samples.get(), MOST_SAMPLES));
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.0f lines/s   p50 %6.0f us   p99 %6.0f us   %d of %d saw all %d lines   processor %6.2f us a line%n",
                count + " followers",
                lines.get() / elapsed,
                sorted.length == 0 ? 0 : sorted[sorted.length / 2] / 1e3,
                sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.99)] / 1e3,
                complete,
                count,
                most,
                (double) busy / Math.max(1, lines.get()));
    }

    /** One of them; only lines that came after it began count for the delay. */
    private final class Follower implements Flow.Subscriber<String> {

        private final long since = now();
        private volatile long seen;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            door.release();
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.matches("data: ?[0-9]{16,}.*")) {
                return;
            }
            seen++;
            lines.incrementAndGet();
            long written = Long.parseLong(line.replaceFirst("data: ?([0-9]+).*", "$1"));
            if (written > since) {
                int at = samples.getAndIncrement();
                if (at < MOST_SAMPLES) {
                    nanos[at] = now() - written;
                }
            }
        }

        @Override
        public void onError(Throwable broken) {
            System.err.println("A follower is cut off: " + broken);
        }

        @Override
        public void onComplete() {
            // what it saw is counted
        }

        private static long now() {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }
    }
}
