package org.latchkey.kernel.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.kernel.PluginInfo;

/** What is predicted, and that it is what happens. */
public class WhyTest {

    private static final TemporaryFolder folder = new TemporaryFolder();
    private static final TestServer server = new TestServer(folder);

    @ClassRule
    public static final TestRule rules = RuleChain.outerRule(folder).around(server);

    private static PluginCheck check(byte[] jar) throws IOException {
        return server.plugins().check(new ByteArrayInputStream(jar));
    }

    @Test
    public void everyBrokenJarIsNamedForItsCause() throws Exception {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, byte[]> each : BrokenJars.all().entrySet()) {
            PluginCheck.Finding first = check(each.getValue()).findings().get(0);
            text.append(String.join(" | ", each.getKey(), first.state(), first.cause(), first.fix()))
                    .append('\n');
        }
        String here = String.valueOf(Runtime.version().feature());
        String actual =
                text.toString().replace("Java " + here, "Java {here}").replace("--release " + here, "--release {here}");
        try (InputStream golden = getClass().getResourceAsStream("why.golden.txt")) {
            assertThat(actual)
                    .as("why.golden.txt; the new text is\n" + actual)
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    public void p14_aCheckLeavesTheServerAsItWas() throws Exception {
        Map<String, String> before = server.state();
        long id = server.nextBundleId();
        for (byte[] jar : BrokenJars.all().values()) {
            check(jar);
        }
        check(BrokenJars.hook("org.example.good").build());
        assertThat(server.nextBundleId()).isEqualTo(id + 1);
        assertThat(server.state()).isEqualTo(before);
    }

    @Test
    public void whatIsPredictedHappens() throws Exception {
        for (Map.Entry<String, byte[]> each : BrokenJars.all().entrySet()) {
            PluginCheck check = check(each.getValue());
            if (check.serves()) {
                servesButNotWithEverything(each.getKey(), check, each.getValue());
            } else {
                assertThatThrownBy(() -> server.plugins().install(new ByteArrayInputStream(each.getValue())))
                        .as(each.getKey())
                        .isInstanceOf(Refusal.class)
                        .hasMessage(check.findings().get(0).cause());
            }
        }
    }

    private static void servesButNotWithEverything(String name, PluginCheck check, byte[] jar) throws IOException {
        PluginInfo installed = server.plugins().install(new ByteArrayInputStream(jar));
        try {
            assertThat(installed.symbolicName()).as(name).isEqualTo(check.symbolicName());
            boolean waits = check.findings().get(0).cause().contains(" waits ");
            assertThat(installed.extensions().isEmpty())
                    .as(name)
                    .isEqualTo(waits || check.extensions().isEmpty());
        } finally {
            server.plugins().remove(installed.symbolicName());
        }
    }

    /** The deployer asks the same table as the check, so here the framework has the word, with nothing in between. */
    @Test
    public void withoutTheTableTheFrameworkWouldNotLetThemServeEither() throws Exception {
        Set<String> byRuleAlone = Set.of("part-of-the-server", "own-api", "already-there", "lower-version");
        Map<String, byte[]> jars = new TreeMap<>(BrokenJars.all());
        jars.keySet().removeAll(byRuleAlone);
        for (Map.Entry<String, byte[]> each : jars.entrySet()) {
            PluginCheck check = check(each.getValue());
            if (!check.symbolicName().isEmpty() && !check.serves()) {
                assertThat(server.servesByItself(each.getValue()))
                        .as(each.getKey())
                        .isFalse();
            }
        }
        assertThat(server.servesByItself(BrokenJars.hook("org.example.good").build()))
                .isTrue();
    }

    @Test
    public void theReasonBesideARejectedFileIsTheFirstCause() throws Exception {
        Map<String, byte[]> jars = new TreeMap<>(BrokenJars.all());
        jars.values().removeIf(jar -> {
            try {
                return !check(jar).findings().get(0).state().equals("rejected");
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        jars.remove("cut-off"); // in the directory it is waited for first
        for (Map.Entry<String, byte[]> each : jars.entrySet()) {
            server.drop(each.getKey() + ".jar", each.getValue());
        }
        for (Map.Entry<String, byte[]> each : jars.entrySet()) {
            TestServer.await(() -> server.isPutAside(each.getKey() + ".jar"));
            assertThat(server.reason(each.getKey() + ".jar"))
                    .as(each.getKey())
                    .contains(check(each.getValue()).findings().get(0).cause());
        }
    }

    @Test
    public void aGoodJarFitsAndServesWithWhatWasSaid() throws Exception {
        byte[] jar = BrokenJars.page("org.example.fine", "fine").build();
        PluginCheck check = check(jar);
        assertThat(check.findings()).isEmpty();
        assertThat(check.fits()).isTrue();
        assertThat(check.replaces()).isEmpty();
        assertThat(check.refreshed()).isEmpty();
        PluginInfo installed = server.plugins().install(new ByteArrayInputStream(jar));
        assertThat(installed.extensions()).isEqualTo(check.extensions()).containsExactly("page");
        assertThat(check(jar).fits()).as("it may replace itself").isTrue();
        assertThat(check(jar).replaces()).isEqualTo("1.0.0");
        server.plugins().remove("org.example.fine");
    }

    @Test
    public void aHigherVersionReplacesTheOneThatServes() throws Exception {
        PluginCheck check = check(BrokenJars.page("org.example.page", "page")
                .header("Bundle-Version", "1.1.0")
                .build());
        assertThat(check.findings()).isEmpty();
        assertThat(check.replaces()).isEqualTo("1.0.0");
        assertThat(check.refreshed()).isEmpty();
    }

    @Test
    public void innerJarsAreOnTheClassPath() throws Exception {
        byte[] inner = TestJar.named("inner")
                .with(org.latchkey.kernel.why.plugin.Hook.class)
                .build();
        TestJar jar = TestJar.named("org.example.inner")
                .entry("lib/inner.jar", inner)
                .component("hook", org.latchkey.kernel.why.plugin.Hook.class, "");
        assertThat(check(jar.build()).findings().get(0).cause()).contains("which is not in the jar");
        assertThat(check(jar.header("Bundle-ClassPath", ".,lib/inner.jar").build())
                        .fits())
                .isTrue();
    }

    @Test
    public void whatAnotherComponentOfTheJarProvidesIsNotWaitedFor() throws Exception {
        TestJar jar = BrokenJars.hook("org.example.pair")
                .component(
                        "user",
                        org.latchkey.kernel.why.plugin.Hook.class,
                        "<reference name=\"hook\" interface=\"org.latchkey.api.extension.DirectoryHook\"/>");
        assertThat(check(jar.build()).findings()).isEmpty();
    }
}
