package org.latchkey.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.latchkey.benchmark.storm.Storm;

/**
 * Notices a second through the outbox to a notifier that does nothing, and how long sign-ins take with and without a storm
 * of 10,000 notices a second, in turns.
 */
public final class NoticeStorm {

    private static final int RATE = 10_000;
    private static final int THREADS = 4;
    private static final int ROUNDS = 2;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String SECRET = "correct horse battery";

    private final Connection connection;
    private final int seconds;
    private final String what;

    private NoticeStorm(Connection connection, int seconds, String what) {
        this.connection = connection;
        this.seconds = seconds;
        this.what = what;
    }

    /** Takes the port, root's secret, the deploy directory, seconds for each figure, and what to call it. */
    public static void main(String[] arguments) throws Exception {
        try (Connection connection = new Connection(Integer.parseInt(arguments[0]))) {
            new NoticeStorm(connection, Integer.parseInt(arguments[3]), arguments[4])
                    .run(arguments[1], Path.of(arguments[2]));
        }
    }

    private void run(String rootSecret, Path deploy) throws IOException, InterruptedException {
        createPerson(rootSecret);
        Path partial = Files.copy(
                PluginOf.jar(Storm.class, "extension", "http", "service", "store"),
                deploy.resolve(".storm.part"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, deploy.resolve("storm.jar"), StandardCopyOption.ATOMIC_MOVE);
        long begin = System.nanoTime();
        while (get("/storm/report").status() != 200) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IOException("the storm does not serve");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        signIns();
        throughput("a commit each", "/storm/commit?threads=" + THREADS);
        throughput("handed over", "/storm/tell?rate=" + 10 * RATE);
        for (int round = 0; round < ROUNDS; round++) {
            print("sign-ins, calm", signIns());
            begin("/storm/tell?rate=" + RATE);
            print("sign-ins, storm", signIns());
            drained();
        }
    }

    private void throughput(String how, String path) throws IOException, InterruptedException {
        long[] before = report();
        long start = System.nanoTime();
        begin(path);
        TimeUnit.SECONDS.sleep(seconds);
        double made = (report()[0] - before[0]) / ((System.nanoTime() - start) / 1e9);
        long quiet = drained();
        long delivered = report()[1] - before[1];
        System.out.printf(
                Locale.ROOT,
                "%-12s notices, %-16s made %8.0f/s   delivered %8.0f/s, %d in all%n",
                what,
                how,
                made,
                delivered / ((quiet - start) / 1e9),
                delivered);
    }

    private void begin(String path) throws IOException {
        Connection.Reply reply = get(path + "&seconds=" + seconds);
        if (reply.status() != 200) {
            throw new IOException(path + " was answered " + reply.status() + ": " + reply.body());
        }
    }

    /** When the last one was delivered: waits until for a second there was none. */
    private long drained() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long last = begin;
        long delivered = report()[1];
        while (System.nanoTime() - last < TimeUnit.SECONDS.toNanos(1) && System.nanoTime() - begin < PATIENCE_NANOS) {
            TimeUnit.MILLISECONDS.sleep(20);
            long now = report()[1];
            if (now != delivered) {
                delivered = now;
                last = System.nanoTime();
            }
        }
        return last;
    }

    /** Made and delivered. */
    private long[] report() throws IOException {
        String[] words = get("/storm/report").body().split(" ");
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    }

    private List<Long> signIns() throws IOException {
        byte[] request = post("/api/v1/auth/check", "", "{\"id\":\"ada\",\"secret\":\"" + SECRET + "\"}");
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            if (connection.exchange(request) != 204) {
                throw new IOException("not signed in");
            }
            nanos.add(System.nanoTime() - start);
        }
        nanos.sort(null);
        return nanos;
    }

    private void print(String name, List<Long> nanos) {
        System.out.printf(
                Locale.ROOT,
                "%-12s %-16s p50 %6.1f ms   p99 %6.1f ms   worst %6.1f ms   of %d%n",
                what,
                name,
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get((int) (nanos.size() * 0.99)) / 1e6,
                nanos.get(nanos.size() - 1) / 1e6,
                nanos.size());
    }

    private Connection.Reply get(String path) throws IOException {
        return connection.ask(Connection.get(path, ""));
    }

    private static byte[] post(String path, String token, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void createPerson(String rootSecret) throws IOException {
        String token = connection
                .ask(post("/api/v1/auth/token", "", "{\"id\":\"root\",\"secret\":\"" + rootSecret + "\"}"))
                .body()
                .replaceAll("(?s).*\"token\":\"([^\"]*)\".*", "$1");
        connection.ask(post("/api/v1/entities", token, "{\"id\":\"ada\",\"secret\":\"" + SECRET + "\"}"));
    }
}
