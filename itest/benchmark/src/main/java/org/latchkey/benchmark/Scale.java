package org.latchkey.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The directory at growing size: imports 10,000 groups, whose rules follow one another 5 deep, and then entities with
 * 5 memberships each, up to each of the sizes given; at each size it measures reads, search and updates.
 */
public final class Scale {

    private static final int GROUPS = 10_000;
    private static final int DEEP = 5;
    private static final int MEMBERSHIPS = 5;
    private static final String[] FIRST = {"Ann", "Bob", "Carla", "Dieter", "Eve", "Farid", "Grace", "Heidi", "Ivan"};

    private final int port;
    private final String token;
    private final int seconds;
    private final Path file = Files.createTempFile("scale", ".jsonl");

    private Scale(int port, String token, int seconds) throws IOException {
        this.port = port;
        this.token = token;
        this.seconds = seconds;
    }

    /** Takes the port, a token of root, seconds for each measurement, and the sizes in ascending order. */
    public static void main(String[] arguments) throws Exception {
        Scale scale = new Scale(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        try {
            scale.importAll("groups", scale::groups);
            scale.importAll("links", scale::links);
            int size = 0;
            for (String next : Arrays.copyOfRange(arguments, 3, arguments.length)) {
                int from = size;
                size = Integer.parseInt(next);
                int to = size;
                scale.importAll("entities up to " + size, out -> scale.entities(out, from, to));
                if (from == 0) {
                    scale.warmUp(size);
                }
                scale.measure(size);
            }
        } finally {
            Files.delete(scale.file);
        }
    }

    private interface Lines {
        int writeTo(OutputStream out) throws IOException;
    }

    private int groups(OutputStream out) throws IOException {
        for (int i = 0; i < GROUPS; i++) {
            line(out, "{\"kind\":\"group\",\"name\":\"g%d\",\"display_name\":\"Group %d\"}", i, i);
        }
        return GROUPS;
    }

    /** Chains of groups: each includes the next one, and the first of each excludes one of its own. */
    private int links(OutputStream out) throws IOException {
        int count = 0;
        for (int i = GROUPS - 1; i >= 0; i--) {
            int place = i % (DEEP + 2);
            if (place < DEEP && i + 1 < GROUPS) {
                String more = place == 0 && i + DEEP + 1 < GROUPS ? ",\"g" + (i + DEEP + 1) + "\":\"exclude\"" : "";
                line(out, "{\"kind\":\"links\",\"name\":\"g%d\",\"rules\":{\"g%d\":\"include\"%s}}", i, i + 1, more);
                count++;
            }
        }
        return count;
    }

    private int entities(OutputStream out, int from, int to) throws IOException {
        Random random = new Random(from);
        for (int i = from; i < to; i++) {
            StringBuilder groups = new StringBuilder();
            for (int j = 0; j < MEMBERSHIPS; j++) {
                groups.append(j == 0 ? "" : ",")
                        .append("\"g")
                        .append(random.nextInt(GROUPS))
                        .append('"');
            }
            line(
                    out,
                    "{\"kind\":\"entity\",\"id\":\"e%d\",\"meta\":{\"display_name\":\"%s %d\",\"legal_name\":\"%s Family%d\","
                            + "\"shell\":\"/bin/sh\"},\"groups\":[%s]}",
                    i,
                    FIRST[i % FIRST.length],
                    i,
                    FIRST[i % FIRST.length],
                    i % 5000,
                    groups);
        }
        return to - from;
    }

    private static void line(OutputStream out, String format, Object... values) throws IOException {
        out.write(String.format(Locale.ROOT, format, values).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private void importAll(String what, Lines lines) throws IOException, InterruptedException {
        int count;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            count = lines.writeTo(out);
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/import?batch=5000"))
                .header("Authorization", "Bearer " + freshToken())
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        double elapsed = (System.nanoTime() - start) / 1e9;
        if (answer.statusCode() != 200 || !answer.body().contains("\"refused\":0")) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        System.out.printf(
                Locale.ROOT, "import %-28s %8.0f lines/s   (%d in %.1f s)%n", what, count / elapsed, count, elapsed);
    }

    /** Tokens live for minutes, imports may take longer. */
    private String freshToken() throws IOException, InterruptedException {
        if (!token.startsWith("secret:")) {
            return token;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/auth/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"id\":\"root\",\"secret\":\"" + token.substring("secret:".length()) + "\"}"))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return body.replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
    }

    /** Until the server's compiler, which has the same one processor, is through with what every request runs. */
    private void warmUp(int size) throws Exception {
        String fresh = freshToken();
        run(size, 25, "warm-up", 8, random -> Connection.get("/api/v1/entities/e" + random.nextInt(size), fresh));
    }

    private void measure(int size) throws Exception {
        String fresh = freshToken();
        run(size, "GET by id", 8, random -> Connection.get("/api/v1/entities/e" + random.nextInt(size), fresh));
        run(
                size,
                "groups in effect",
                1,
                random -> Connection.get("/api/v1/entities/e" + random.nextInt(size) + "/groups", fresh));
        run(
                size,
                "members of a group, 50",
                1,
                random -> Connection.get("/api/v1/groups/g" + random.nextInt(GROUPS) + "/members?limit=50", fresh));
        run(
                size,
                "search, name*, page of 50",
                1,
                random -> Connection.get(
                        "/api/v1/entities?limit=50&q=meta.display_name:" + FIRST[random.nextInt(FIRST.length)] + "*",
                        fresh));
        run(
                size,
                "search, two fields, page of 50",
                1,
                random -> Connection.get(
                        "/api/v1/entities?limit=50&q=meta.legal_name:*family" + random.nextInt(5000)
                                + "%20AND%20locked:false",
                        fresh));
        run(
                size,
                "KV PUT",
                8,
                random -> Connection.put(
                        "/api/v1/entities/e" + random.nextInt(size) + "/kv/room",
                        fresh,
                        "{\"value\":\"" + random.nextInt(1000) + "\"}"));
    }

    private void run(int size, String what, int clients, Function<Random, byte[]> request) throws Exception {
        run(size, seconds, what, clients, request);
    }

    private void run(int size, int seconds, String what, int clients, Function<Random, byte[]> request)
            throws Exception {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Worker worker = new Worker(new Random(i), seconds, request);
            worker.start();
            workers.add(worker);
        }
        for (Worker worker : workers) {
            worker.join();
        }
        long[] all = workers.stream()
                .flatMapToLong(worker -> worker.nanos.stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        long failed = workers.stream().mapToLong(worker -> worker.failed).sum();
        System.out.printf(
                Locale.ROOT,
                "%,11d  %-32s %d clients %8.0f/s   p50 %8.3f ms   p99 %8.3f ms   failed %d%n",
                size,
                what,
                clients,
                all.length / (double) seconds,
                all[all.length / 2] / 1e6,
                all[(int) (all.length * 0.99)] / 1e6,
                failed);
    }

    /** Asks as fast as it is answered; the first half only warms up. */
    private final class Worker extends Thread {

        private final Random random;
        private final int seconds;
        private final Function<Random, byte[]> request;
        private final List<Long> nanos = new ArrayList<>();
        private long failed;

        Worker(Random random, int seconds, Function<Random, byte[]> request) {
            this.random = random;
            this.seconds = seconds;
            this.request = request;
        }

        @Override
        public void run() {
            long begin = System.nanoTime();
            long half = begin + TimeUnit.SECONDS.toNanos(seconds);
            long end = half + TimeUnit.SECONDS.toNanos(seconds);
            try (Connection connection = new Connection(port)) {
                for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
                    int status = connection.exchange(request.apply(random));
                    if (start >= half) {
                        nanos.add(System.nanoTime() - start);
                        failed += status == 200 || status == 204 ? 0 : 1;
                    }
                }
            } catch (IOException broken) {
                failed++;
            }
        }
    }
}
