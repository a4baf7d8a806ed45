package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Plugins;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Signer;

/** Whose plugins run: attack cases P-03 to P-07 and P-20 on the real distribution. */
public class TrustIT {

    @ClassRule
    public static final Server server = new Server().withEtc("latchkey.deployer", "bakeMillis=L\"300\"");

    private static final Path MANUAL =
            Path.of(System.getProperty("latchkey.distribution")).resolve("../../../bundles/kernel/docs/signing.md");
    private static final String[] SIGNED = {
        "policy=\"signed\"", "trustStore=\"signers.p12\"", "trustStorePassword=\"" + Signer.PASSWORD + "\""
    };

    private static Signer alice;
    private static Signer mallory;
    private static Signer past;
    private static Path unsigned;

    private static final AtomicInteger probes = new AtomicInteger();
    private Http root;

    @BeforeClass
    public static void makeKeys() {
        Path store = server.etc().resolve("signers.p12");
        alice = Signer.named("alice").trustedBy(store);
        past = Signer.named("past", "-startdate", "-2y", "-validity", "365").trustedBy(store);
        mallory = Signer.named("mallory");
        unsigned = PluginJar.named("org.example.probe")
                .source("Probe", "public final class Probe {}")
                .build();
    }

    @Before
    public void policySigned() {
        root = server.root();
        configure(SIGNED);
        await(10, () -> refuses("It is not signed"));
    }

    @Test
    public void p03_ofAnUnsignedPluginNothingEverRuns() throws Exception {
        Path ran = server.data().resolve("canary-ran");
        Path canary = PluginJar.named("org.example.canary")
                .source("Activator", """
                        public final class Activator implements org.osgi.framework.BundleActivator {
                            static {
                                try {
                                    java.nio.file.Files.createFile(java.nio.file.Path.of("%s"));
                                } catch (java.io.IOException failed) {
                                    throw new java.io.UncheckedIOException(failed);
                                }
                            }
                            public void start(org.osgi.framework.BundleContext context) {}
                            public void stop(org.osgi.framework.BundleContext context) {}
                        }
                        """.formatted(ran))
                .header("Bundle-Activator", "org.example.canary.Activator")
                .build();
        server.deploy(canary, "canary.jar");
        assertThat(reason("canary.jar"))
                .isEqualTo("It is not signed, and the setting policy of latchkey.trust is signed.");
        assertThat(ran).doesNotExist();
        assertThat(root.get("/api/v1/plugins").body()).contains("\"rejected\"", "It is not signed");
        assertThat(root.upload(canary).status()).isEqualTo(422);
        assertThat(ran).doesNotExist();

        server.deploy(alice.sign(canary), "canary.jar");
        await(10, () -> Files.exists(ran));
        server.undeploy(server.deploy().resolve("canary.jar"));
        Files.delete(ran);
    }

    @Test
    public void aSignedPluginServesAndNoBadOneTakesItsPlace() throws Exception {
        Path good = server.deploy(alice.sign(page("good", "1.1.0")), "page.jar");
        await(10, () -> shows("good") && root.isProven("org.example.page"));

        replaceWith(page("unsigned", "1.2.0"), "It is not signed");
        replaceWith(mallory.sign(page("unknown", "1.2.0")), "Its signer CN=mallory is not known");
        replaceWith(past.sign(page("expired", "1.2.0")), "CN=past, with which it is signed, expired at");
        replaceWith(modified(alice.sign(page("modified", "1.2.0"))), "It was modified after signing: SHA-256 digest");
        replaceWith(extended(alice.sign(page("extended", "1.2.0"))), "nobody signed its entry org/example/Extra.class");
        replaceWith(alice.sign(page("downgrade", "1.0.0")), "It is a downgrade: org.example.page 1.1.0 has served");

        server.undeploy(good);
        await(10, () -> !shows("good"));
        server.deploy(alice.sign(page("replayed", "1.0.0")), "replayed.jar");
        assertThat(reason("replayed.jar")).contains("It is a downgrade");
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            return new byte[0];
        }
    }

    @Test
    public void p06_onlyThePinnedJarServes() throws Exception {
        Path jar = PluginJar.reversioned(
                Plugins.endpoint("org.example.pinned", "pinned", "pinned").build(), "1.0.0");
        configure("policy=\"pinned\"", "pins=[\"org.example.pinned=" + sha256(jar) + "\"]");
        await(10, () -> refuses("It is not pinned"));
        Path deployed = server.deploy(jar, "pinned.jar");
        await(10, () -> root.serves("org.example.pinned"));
        server.deploy(Plugins.endpoint("org.example.pinned", "pinned", "other").build(), "pinned.jar");
        assertThat(reason("pinned.jar")).contains("another jar than the one pinned for org.example.pinned");
        assertThat(server.http().get("/pinned/").body()).isEqualTo("pinned");
        await(10, () -> Arrays.equals(content(deployed), content(jar))); // the reason is there a moment before
        server.undeploy(deployed);
    }

    @Test
    public void aStricterPolicyIsForTheNextDeploymentAndTheNextStart() throws Exception {
        configure("policy=\"any\"");
        await(10, () -> !refuses("It is not signed"));
        server.deploy(Plugins.endpoint("org.example.before", "before", "before").build(), "before.jar");
        await(10, () -> root.serves("org.example.before"));
        configure(SIGNED);
        await(10, () -> refuses("It is not signed"));
        assertThat(server.http().get("/before/").body()).isEqualTo("before");
        server.stop();
        server.start();
        root = server.root();
        assertThat(reason("before.jar")).contains("It is not signed");
        assertThat(server.http().get("/before/").status()).isEqualTo(404);
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
    }

    @Test
    public void aPolicyNobodyKnowsAcceptsNothingAndStopsNothing() throws Exception {
        Path good = server.deploy(alice.sign(page("good", "2.0.0")), "good.jar");
        await(10, () -> shows("good"));
        configure("policy=\"sgined\"");
        await(10, () -> refuses("No jar is accepted: the setting policy of latchkey.trust is wrong, \"sgined\""));
        configure("policy=\"signed\"", "trustStore=\"nowhere.p12\"");
        await(10, () -> refuses("No jar is accepted: the setting trustStore of latchkey.trust is wrong"));
        assertThat(shows("good")).isTrue();
        server.undeploy(good);
    }

    @Test
    public void p20_aPluginThatReachesForThePrivilegesOfTheServerIsRefused() throws Exception {
        Path exports = alice.sign(PluginJar.reversioned(
                PluginJar.named("org.example.split")
                        .source("Any", "public final class Any {}")
                        .header("Export-Package", "org.example.split")
                        .build(),
                "1.0.0"));
        server.deploy(exports, "split.jar");
        assertThat(reason("split.jar")).contains("It exports org.example.split. A plugin exports nothing");
        Path hook = alice.sign(
                PluginJar.named("org.example.weaver").source("Weaver", """
                        public final class Weaver implements org.osgi.framework.hooks.weaving.WeavingHook {
                            public void weave(org.osgi.framework.hooks.weaving.WovenClass woven) {}
                        }
                        """).build());
        server.deploy(hook, "weaver.jar");
        assertThat(reason("weaver.jar")).contains("a weaving hook rewrites the classes of others");
    }

    @Test
    public void theCommandsOfTheManualMakeASignedPluginThatServes() throws Exception {
        Path operator = server.etc().getParent();
        Files.copy(
                Plugins.endpoint("org.example.manual", "manual", "by the book").build(),
                operator.resolve("plugin.jar"));
        Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(MANUAL));
        assertThat(block.find()).isTrue();
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", block.group(1)).directory(operator.toFile());
        shell.environment().put("AUTHOR_PASSWORD", "author's password");
        shell.environment().put("TRUST_PASSWORD", Signer.PASSWORD);
        shell.environment()
                .merge(
                        "PATH",
                        System.getProperty("java.home") + "/bin",
                        (path, tools) -> tools + File.pathSeparator + path);
        Server.Answer answer = Server.run(shell, "");
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(0);
        Path jar = server.deploy(operator.resolve("plugin.jar"));
        await(10, () -> root.serves("org.example.manual"));
        assertThat(server.http().get("/manual/").body()).isEqualTo("by the book");
        server.undeploy(jar);
    }

    private static void configure(String... lines) {
        Etc.configure(server, "latchkey.trust", lines);
    }

    private static Path page(String text, String version) {
        return Plugins.endpoint("org.example.page", "page", text)
                .version(version)
                .build();
    }

    private static boolean shows(String text) {
        return server.http().get("/page/").body().equals(text);
    }

    /** Overwrites the jar that serves, which then goes on serving and is back again. */
    private static void replaceWith(Path bad, String reason) throws IOException {
        Path good = server.deploy().resolve("page.jar");
        byte[] content = Files.readAllBytes(good);
        server.deploy(bad, "page.jar");
        assertThat(reason("page.jar")).contains(reason);
        assertThat(shows("good")).isTrue();
        await(10, () -> Files.exists(good) && Arrays.equals(read(good), content));
        Files.delete(reasonFile("page.jar"));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException meanwhileGone) {
            return new byte[0];
        }
    }

    /** Whether an unsigned plugin is refused just now, for this. */
    private boolean refuses(String reason) {
        String file = "probe" + probes.incrementAndGet() + ".jar";
        Path probe = server.deploy(unsigned, file);
        await(10, () -> Files.exists(reasonFile(file)) || root.serves("org.example.probe"));
        if (!Files.exists(reasonFile(file))) {
            server.undeploy(probe);
            await(10, () -> !root.serves("org.example.probe"));
            return false;
        }
        return reason(file).contains(reason);
    }

    private static Path modified(Path jar) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Path code = zip.getPath("org/example/page/Page.class");
            byte[] changed = Files.readAllBytes(code);
            changed[changed.length - 1] ^= 1;
            Files.write(code, changed);
        }
        return jar;
    }

    private static Path extended(Path jar) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath("org/example/Extra.class"), "extra");
        }
        return jar;
    }

    private static String sha256(Path jar) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    }

    private static Path reasonFile(String file) {
        return server.deploy().resolve(".rejected").resolve(file + ".reason.txt");
    }

    private static String reason(String file) {
        await(15, () -> read(reasonFile(file)).length > 0);
        String reason = new String(read(reasonFile(file)), StandardCharsets.UTF_8).strip();
        assertThat(reason).hasLineCount(1);
        return reason;
    }
}
