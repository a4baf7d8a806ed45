package org.latchkey.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.latchkey.benchmark.page.Page;

/**
 * How long it takes from the rename of a jar into the deploy directory until its page answers, and from its removal
 * until the page is gone, as a client sees it that looks every millisecond.
 */
public final class DeployTimes {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final URL page;
    private final Path deploy;
    private final byte[] buffer = new byte[256];

    private DeployTimes(URL page, Path deploy) {
        this.page = page;
        this.deploy = deploy;
    }

    /** Takes the port, the deploy directory, and how often. */
    public static void main(String[] arguments) throws Exception {
        URL page = URI.create("http://127.0.0.1:" + arguments[0] + "/bench/").toURL();
        int times = Integer.parseInt(arguments[2]);
        new DeployTimes(page, Path.of(arguments[1])).run(times);
    }

    private void run(int times) throws Exception {
        Path jar = PluginOf.jar(Page.class, "http");
        Path target = deploy.resolve("bench.jar");
        long[] live = new long[times];
        long[] gone = new long[times];
        for (int i = 0; i < times; i++) {
            Path partial = Files.copy(jar, deploy.resolve(".bench.part"), StandardCopyOption.REPLACE_EXISTING);
            long dropped = System.nanoTime();
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            live[i] = await(200) - dropped;
            long removed = System.nanoTime();
            Files.delete(target);
            gone[i] = await(404) - removed;
        }
        print("drop to live", live);
        print("remove to gone", gone);
    }

    private long await(int status) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            if (status() == status) {
                return System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new IOException("no " + status + " within 10 s");
    }

    private int status() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) page.openConnection();
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            while (body.read(buffer) >= 0) {
                continue;
            }
        }
        return status;
    }

    private static void print(String name, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-28s p50 %6.0f ms   p99 %6.0f ms   worst %6.0f ms   of %d%n",
                name,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                nanos.length);
    }
}
