package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.live.Chameleon;
import org.latchkey.itest.live.Manner;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Vitals;

/** Promise 7, attack case P-28: what a plugin leaves behind is named, and one that leaves nothing costs nothing. */
public class LeakyIT {

    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
    private static final Pattern LEFT = Pattern.compile("left .*behind");
    private static final int CYCLES = 60;

    @ClassRule
    public static final Server server = new Server()
            .withEtc("latchkey.deployer", "startSeconds=L\"2\"", "bakeMillis=L\"200\"", "leakSeconds=L\"1\"");

    private final Http root = server.root();
    private final Vitals vitals = new Vitals(server);

    @Test
    public void aThreadIsNamed() {
        leavesBehind("thread", "new Thread(Leaky::sleep, \"leaky-1\").start();", "thread.*leaky-1");
    }

    @Test
    public void aTimerIsNamedByItsThread() {
        leavesBehind("timer", """
                new Timer("leaky-timer").schedule(new TimerTask() { public void run() { } }, 100, 100);""", "thread.*leaky-timer");
    }

    @Test
    public void anExecutorIsNamedByItsThreads() {
        leavesBehind("executor", """
                ThreadFactory named = task -> new Thread(task, "leaky-pool-7");
                Executors.newSingleThreadExecutor(named).submit(() -> 1);""", "thread.*leaky-pool-7");
    }

    /** Its class came from elsewhere, but what it runs is the plugin's. */
    @Test
    public void aTaskInAPoolThatIsNotItsOwnIsNamed() {
        leavesBehind("borrower", "ForkJoinPool.commonPool().execute(Leaky::sleep);", "ForkJoinPool|class");
    }

    @Test
    public void theContextClassLoaderOfAForeignThreadIsNamed() {
        leavesBehind("context", """
                for (Thread each : Thread.getAllStackTraces().keySet()) {
                    if (each.getName().equals("FelixDispatchQueue")) {
                        each.setContextClassLoader(Leaky.class.getClassLoader());
                    }
                }""", "FelixDispatchQueue");
    }

    /** Nobody but the garbage collector can tell; so the report says what is left, and whose it is. */
    @Test
    public void aListenerOfTheJvmIsReported() {
        leavesBehind("listener", """
                java.util.logging.Logger.getLogger("").addHandler(new java.util.logging.Handler() {
                    public void publish(java.util.logging.LogRecord record) { }
                    public void flush() { }
                    public void close() { }
                });""", "class");
    }

    @Test
    public void aShutdownHookIsReported() {
        leavesBehind(
                "hook", "Runtime.getRuntime().addShutdownHook(new Thread(Leaky::sleep, \"leaky-hook\"));", "class");
    }

    @Test
    public void whoLeavesNothingIsNotReportedAndCostsNothing() throws Exception {
        Chameleon page = Chameleon.page();
        cycles(page, 10);
        long loaders = vitals.instances(LOADER);
        int threads = vitals.threads();
        long bytes = vitals.liveBytes();
        cycles(page, CYCLES);
        await(10, () -> vitals.instances(LOADER) <= loaders + 1);
        assertThat(vitals.threads()).isLessThanOrEqualTo(threads + 5);
        assertThat(vitals.liveBytes()).isLessThan(bytes + 3_000_000);
        Thread.sleep(2500);
        assertThat(server.logs()
                        .lines()
                        .filter(line -> line.contains(page.symbolicName())
                                && LEFT.matcher(line).find()))
                .isEmpty();
    }

    private void cycles(Chameleon page, int times) {
        for (int i = 0; i < times; i++) {
            Path deployed = server.deploy(page.jar("1.0." + i, "t" + i, Manner.GOOD), "page.jar");
            String expected = "t" + i;
            await(5, () -> server.http().get("/page/").body().equals(expected));
            if (i % 2 == 0) {
                server.undeploy(deployed);
                await(5, () -> server.http().get("/page/").status() == 404);
            }
        }
        server.undeploy(server.deploy().resolve("page.jar"));
        await(5, () -> server.http().get("/page/").status() == 404);
    }

    private void leavesBehind(String name, String leak, String named) {
        String plugin = "org.example." + name;
        Path jar = server.deploy(
                PluginJar.named(plugin).source("Leaky", """
                        @Component
                        public final class Leaky implements DirectoryHook {
                            private static final Object[] payload = new Object[1000];
                            @Activate public Leaky() {
                                %s
                            }
                            static void sleep() {
                                while (true) {
                                    try {
                                        Thread.sleep(600_000);
                                    } catch (InterruptedException deaf) {
                                        continue;
                                    }
                                }
                            }
                        }
                        """.formatted(leak)).build());
        await(10, () -> root.isProven(plugin));
        assertThat(report(plugin)).isEmpty();
        server.undeploy(jar);
        await(10, () -> !report(plugin).isEmpty());
        assertThat(report(plugin)).containsPattern(named).doesNotContain("\n");
        assertThat(server.logs().lines())
                .anyMatch(line -> line.contains(plugin) && LEFT.matcher(line).find());
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
    }

    /** What the operator is told of a plugin that is gone, in one line. */
    private String report(String plugin) {
        for (var subsystem : root.get("/api/v1/system/status").json().path("subsystems")) {
            String text = subsystem.toString();
            if (text.contains(plugin) && LEFT.matcher(text).find()) {
                return text;
            }
        }
        for (var each : root.get("/api/v1/plugins").json().path("plugins")) {
            if (each.path("symbolic_name").asText().equals(plugin)
                    && LEFT.matcher(each.path("reason").asText()).find()) {
                return each.path("reason").asText();
            }
        }
        return "";
    }
}
