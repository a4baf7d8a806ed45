package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestName;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Rejected;
import org.latchkey.itest.server.Server;

/** What a plugin keeps has a version: whoever cannot read it does not get it. */
public class StateHandOverIT {

    private static final String FILE = "keeper.jar";

    @ClassRule
    public static final Server server =
            new Server().withEtc("latchkey.deployer", "bakeMillis=L\"1000\"", "startSeconds=L\"5\"");

    private static final Path base =
            PluginJar.named("org.example.keeper").source("Keeper", """
                    @Component(property = "latchkey.mount=keeper")
                    public final class Keeper implements Endpoint {
                        private static final Map<String, String> HEADERS =
                                Map.of("version", header("Bundle-Version"), "fails", header("Example-Fails"));
                        private static final java.util.concurrent.atomic.AtomicInteger calls = new java.util.concurrent.atomic.AtomicInteger();
                        private final PluginState state;
                        @Activate public Keeper(@Reference PluginState state) { this.state = state; }

                        private static String header(String name) {
                            String value = org.osgi.framework.FrameworkUtil.getBundle(Keeper.class).getHeaders().get(name);
                            return value == null ? "" : value;
                        }

                        public Response handle(Request request) {
                            if (request.path().equals("/keep")) {
                                state.update("k", before -> Optional.of(request.query("value").get(0)));
                            } else if (HEADERS.get("fails").equals("true") && calls.incrementAndGet() % 2 == 0) {
                                throw new IllegalStateException("not now");
                            }
                            return Response.text(200, HEADERS.get("version") + " has " + state.get("k").orElse("nothing"));
                        }
                    }
                    """).build();

    /** A plugin of its own for each test, as what is kept stays. */
    @Rule
    public final TestName test = new TestName();

    private Http root;
    private String plugin = "";

    @Before
    public void signIn() {
        root = server.root();
        plugin = "org.example." + test.getMethodName();
    }

    @After
    public void takeItOut() {
        if (!root.state(plugin).isEmpty()) {
            root.delete("/api/v1/plugins/" + plugin);
        }
        new Rejected(server).clear();
        await(10, () -> root.get("/api/v1/plugins").json().path("plugins").isEmpty());
    }

    private Path keeper(String version, int stateVersion, boolean fails) {
        return PluginJar.changed(
                base,
                Map.of(
                        "Bundle-SymbolicName",
                        plugin,
                        "Bundle-Version",
                        version,
                        "Latchkey-State-Version",
                        String.valueOf(stateVersion),
                        "Example-Fails",
                        String.valueOf(fails)));
    }

    @Test
    public void aRevisionThatCannotReadNewerStateIsRefused() {
        server.deploy(keeper("1.0.0", 1, false), FILE);
        proven("1.0.0");
        keep("one");
        server.deploy(keeper("2.0.0", 2, false), FILE);
        proven("2.0.0");
        assertThat(answer()).isEqualTo("200 2.0.0 has one");
        keep("two");
        server.deploy(keeper("3.0.0", 1, false), FILE);
        String reason = new Rejected(server).reason(FILE, 5);
        assertThat(reason).containsPattern("(?i)state").contains("1", "2");
        await(2, () -> answer().equals("200 2.0.0 has two"));
        assertThat(server.deploy().resolve(FILE)).exists();

        server.undeploy(server.deploy().resolve(FILE));
        await(5, () -> answer().startsWith("404"));
        new Rejected(server).clear();
        server.deploy(keeper("4.0.0", 1, false), FILE);
        assertThat(new Rejected(server).reason(FILE, 5)).isEqualTo(reason);
        new Rejected(server).clear();
        Http.Answer upload = root.upload(keeper("5.0.0", 1, false));
        assertThat(upload.status()).isEqualTo(422);
        assertThat(upload.body()).containsPattern("(?i)state");
        Http.Answer back = root.send("POST", "/api/v1/plugins/" + plugin + "/rollback");
        assertThat(back.status()).isBetween(400, 499);
    }

    @Test
    public void aNewRevisionOfTheSameStateVersionReadsWhatTheOldOneKept() {
        server.deploy(keeper("1.0.0", 1, false), FILE);
        proven("1.0.0");
        keep("of-one");
        server.deploy(keeper("1.1.0", 1, false), FILE);
        proven("1.1.0");
        assertThat(answer()).isEqualTo("200 1.1.0 has of-one");
        assertThat(root.send("POST", "/api/v1/plugins/" + plugin + "/rollback").status())
                .isEqualTo(200);
        await(2, () -> answer().equals("200 1.0.0 has of-one"));
    }

    /** What the new one wrote on probation is its own until it has passed. */
    @Test
    public void afterARollbackTheOldOneReadsItsOwnState() {
        server.deploy(keeper("1.0.0", 1, false), FILE);
        proven("1.0.0");
        keep("of-one");
        server.deploy(keeper("2.0.0", 2, true), FILE);
        await(5, () -> root.version(plugin).equals("2.0.0"));
        keep("of-two");
        await(5, () -> {
            answer();
            return new Rejected(server).has(FILE);
        });
        await(2, () -> answer().equals("200 1.0.0 has of-one"));
        keep("of-one-again");
        assertThat(answer()).isEqualTo("200 1.0.0 has of-one-again");
        server.kill();
        server.start();
        root = server.root();
        assertThat(answer()).isEqualTo("200 1.0.0 has of-one-again");
    }

    @Test
    public void aHeaderThatIsNoVersionIsRefused() {
        server.deploy(
                PluginJar.changed(base, Map.of("Bundle-SymbolicName", plugin, "Latchkey-State-Version", "newest")),
                "odd.jar");
        assertThat(new Rejected(server).reason("odd.jar", 5)).contains("Latchkey-State-Version", "newest");
    }

    private void proven(String version) {
        await(10, () -> root.version(plugin).equals(version) && root.isProven(plugin));
    }

    private static void keep(String value) {
        assertThat(server.http().get("/keeper/keep?value=" + value).status()).isEqualTo(200);
    }

    private static String answer() {
        Http.Answer answer = server.http().get("/keeper/");
        return answer.status() + " " + answer.body();
    }
}
