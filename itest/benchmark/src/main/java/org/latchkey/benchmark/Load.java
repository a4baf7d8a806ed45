package org.latchkey.benchmark;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
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
 * the one before is there. Prints requests a second and the latency at the median and the 99th percentile.
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

    /** Takes a name to print, the port, the method, the path, a token or nothing, a body or nothing, and seconds. */
    public static void main(String[] arguments) throws Exception {
        String token = arguments[4].isEmpty() ? "" : "Authorization: Bearer " + arguments[4] + "\r\n";
        String body = arguments[5];
        String length = body.isEmpty()
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n";
        String request =
                arguments[2] + " " + arguments[3] + " HTTP/1.1\r\nHost: localhost\r\n" + token + length + "\r\n" + body;
        Load load = new Load(Integer.parseInt(arguments[1]), request.getBytes(StandardCharsets.UTF_8));
        long seconds = Long.parseLong(arguments[6]);
        System.out.printf(Locale.ROOT, "%-28s %s%n", arguments[0], load.run(seconds));
    }

    private String run(long seconds) throws InterruptedException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Client client = new Client();
            client.start();
            clients.add(client);
        }
        TimeUnit.SECONDS.sleep(seconds);
        measuring.set(true);
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        measuring.set(false);
        double elapsed = (System.nanoTime() - start) / 1e9;
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
                "%8.0f requests/s   p50 %6.0f us   p99 %6.0f us   failed %d",
                all.length / elapsed,
                all[all.length / 2] / 1e3,
                all[(int) (all.length * 0.99)] / 1e3,
                failed);
    }

    private final class Client extends Thread {

        private final long[] nanos = new long[BATCH];
        private int count;
        private long failed;

        @Override
        public void run() {
            try (Socket socket = new Socket()) {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                OutputStream out = socket.getOutputStream();
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
                while (!over.get()) {
                    long start = System.nanoTime();
                    out.write(request);
                    int status = answer(in);
                    if (measuring.get() && count < nanos.length) {
                        nanos[count++] = System.nanoTime() - start;
                        failed += status == 200 ? 0 : 1;
                    }
                }
            } catch (IOException broken) {
                failed++;
            }
        }

        /** Reads one answer to its end and gives its status. */
        private static int answer(InputStream in) throws IOException {
            int status = 0;
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.startsWith("HTTP/1.1 ")) {
                    status = Integer.parseInt(line.substring(9, 12));
                } else if (line.regionMatches(true, 0, "Content-Length: ", 0, 16)) {
                    length = Integer.parseInt(line.substring(16).trim());
                }
            }
            in.skipNBytes(length);
            return status;
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int each = in.read(); each != '\n'; each = in.read()) {
                if (each < 0) {
                    throw new IOException("closed");
                }
                if (each != '\r') {
                    line.append((char) each);
                }
            }
            return line.toString();
        }
    }
}
