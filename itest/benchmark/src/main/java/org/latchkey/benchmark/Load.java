package org.latchkey.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/**
 * A closed-loop client: some keep-alive connections, each sending the same request as soon as the answer to
 * the one before is there. Prints requests a second, the latency at the median and the 99th percentile, and, told the
 * server's process by {@code -Dserver=PID}, the processor time that one took for each: what does not change with what
 * else the machine does.
 */
public final class Load {

    private static final int CONNECTIONS = 32;
    private static final int BATCH = 1 << 20;

    private final int port;
    private final byte[] request;
    private final AtomicBoolean measuring = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    private Load(int port, byte[] request) {
        this.port = port;
        this.request = request;
    }

    /**
     * Takes a name to print, the port, the method, the path, a token, credentials such as {@code Basic abc} or nothing, a body
     * of JSON or a form or nothing, and seconds.
     */
    public static void main(String[] arguments) throws Exception {
        String scheme = arguments[4].contains(" ") ? "" : "Bearer ";
        String token = arguments[4].isEmpty() ? "" : "Authorization: " + scheme + arguments[4] + "\r\n";
        String body = arguments[5];
        String length = body.isEmpty()
                ? ""
                : "Content-Type: " + type(body) + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n";
        String request =
                arguments[2] + " " + arguments[3] + " HTTP/1.1\r\nHost: localhost\r\n" + token + length + "\r\n" + body;
        Load load = new Load(Integer.parseInt(arguments[1]), request.getBytes(StandardCharsets.UTF_8));
        long seconds = Long.parseLong(arguments[6]);
        System.out.printf(Locale.ROOT, "%-28s %s%n", arguments[0], load.run(seconds));
    }

    private static String type(String body) {
        return body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
    }

    private String run(long seconds) throws InterruptedException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Client client = new Client();
            client.start();
            clients.add(client);
        }
        TimeUnit.SECONDS.sleep(seconds);
        ServerTime time = ServerTime.now();
        measuring.set(true);
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        measuring.set(false);
        double elapsed = (System.nanoTime() - start) / 1e9;
        long busy = time.microsSince();
        over.set(true);
        for (Client client : clients) {
            client.join();
        }
        long[] all = clients.stream()
                .flatMapToLong(client -> LongStream.of(Arrays.copyOf(client.nanos, client.count)))
                .sorted()
                .toArray();
        long failed = clients.stream().mapToLong(client -> client.failed).sum();
        return String.format(
                Locale.ROOT,
                "%8.0f requests/s   p50 %6.0f us   p99 %6.0f us   failed %d   processor %6.1f us each",
                all.length / elapsed,
                all[all.length / 2] / 1e3,
                all[(int) (all.length * 0.99)] / 1e3,
                failed,
                (double) busy / all.length);
    }

    private final class Client extends Thread {

        private final long[] nanos = new long[BATCH];
        private int count;
        private long failed;

        @Override
        public void run() {
            try (Connection connection = new Connection(port)) {
                while (!over.get()) {
                    long start = System.nanoTime();
                    int status = connection.exchange(request);
                    if (measuring.get() && count < nanos.length) {
                        nanos[count++] = System.nanoTime() - start;
                        failed += status / 100 == 2 ? 0 : 1;
                    }
                }
            } catch (IOException broken) {
                failed++;
            }
        }
    }
}
