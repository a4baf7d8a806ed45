package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.itest.oauth.GuidePage;
import org.latchkey.itest.oauth.NodeApplication;
import org.latchkey.itest.server.Browser;
import org.latchkey.itest.server.Browser.Page;
import org.latchkey.itest.server.Chromium;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Running;
import org.latchkey.itest.server.Server;

/** The four sign-ins of {@code docs/guide.md}, from nothing: every block is run as it stands but for the ports. */
public class OAuthGuideIT {

    private static final String PASSWORD = "correct horse battery staple";
    private static final int SHOP = Ports.free();
    private static final int APP = Ports.free();

    @ClassRule
    public static final Server server = new Server();

    @ClassRule
    public static final TemporaryFolder folder = new TemporaryFolder();

    private static GuidePage guide;

    private final String base = "http://127.0.0.1:" + server.port();
    private final Browser browser = new Browser(base);

    /** What everybody does first; what is defined there is kept for the parts. */
    @BeforeClass
    public static void begin() throws IOException {
        guide = GuidePage.read(
                Path.of("../bundles/oauth/docs/guide.md"),
                Map.of(
                        "127.0.0.1:8080", "127.0.0.1:" + server.port(),
                        "127.0.0.1:3000", "127.0.0.1:" + SHOP,
                        "listen(3000,", "listen(" + SHOP + ",",
                        "127.0.0.1:4000", "127.0.0.1:" + APP,
                        "http.server 4000", "http.server " + APP));
        Path home = folder.newFolder("runtime", "target", "latchkey").toPath();
        for (Path part : List.of(server.etc(), server.deploy(), server.data())) {
            Files.createSymbolicLink(home.resolve(part.getFileName()), part);
        }
        Path plugins = Server.shipped("org.latchkey.oauth").getParent();
        Files.createSymbolicLink(home.resolve("plugins"), plugins.toAbsolutePath());
        String script =
                guide.blocks("", "sh").get(0) + "\n{ declare -p home server oidc token; declare -f; } > begun.sh\n";
        try {
            keepsItsWord(folder.getRoot().toPath(), script);
        } catch (AssertionError failed) {
            throw new AssertionError(failed.getMessage() + "\n" + server.logs(), failed);
        }
    }

    private static ProcessBuilder bash(Path directory, String script) {
        Path begun = folder.getRoot().toPath().resolve("begun.sh");
        String before = Files.exists(begun) ? ". '" + begun + "'\n" : "";
        return new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", before + script).directory(directory.toFile());
    }

    /** Runs a script; it answers what it says, and nothing else. */
    private static String keepsItsWord(Path directory, String script) {
        Server.Answer answer = Server.run(bash(directory, script), "");
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(0);
        assertThat(answer.out()).matches(GuidePage.promised(script));
        return answer.out().strip();
    }

    /** What a script begins with that runs Node.js: those older than the page asks for have to be given crypto. */
    private static String node() throws IOException {
        String missing = NodeApplication.missing();
        assumeTrue("Skipped, for there is no " + missing + ": see itest/run.sh", missing.isEmpty());
        Path older = folder.getRoot().toPath().resolve("older.cjs");
        Files.writeString(older, "globalThis.crypto ??= require('node:crypto').webcrypto\n");
        return "export NODE_OPTIONS='--require=" + older + "'\n";
    }

    @Test
    public void aServiceCallsAnApiThatChecksItsToken() throws IOException {
        List<String> scripts = guide.blocks("1.", "sh");
        assertThat(scripts).hasSize(2);
        Path begun = folder.getRoot().toPath();
        keepsItsWord(begun, scripts.get(0) + "declare -p access > access.sh\n");
        String access = ". '" + begun.resolve("access.sh") + "'\n";
        keepsItsWord(NodeApplication.folder(), node() + access + scripts.get(1));
    }

    @Test
    public void aCommandLineIsAllowedInABrowser() throws IOException {
        String script = guide.blocks("2.", "sh").get(0);
        try (Running program = Running.start(bash(folder.getRoot().toPath(), script))) {
            Pattern told = Pattern.compile("Open (\\S+) and enter (\\S+)\n");
            await(60, () -> told.matcher(program.output()).find() || !program.isAlive());
            Matcher matcher = told.matcher(program.output());
            assertThat(matcher.find()).as(program.output()).isTrue();
            Page entered =
                    submit(browser.visit(matcher.group(1)), "/oidc/device", Map.of("user_code", matcher.group(2)));
            Page login = browser.visit(base + entered.location());
            Page question = signIn(login, "/oidc/device/login");
            assertThat(question.html()).contains("Orders on the command line", matcher.group(2));
            Page done = submit(question, "/oidc/device/decision", Map.of("approve", "true"));
            assertThat(done.html()).contains("id=\"device-approved\"");
            assertThat(program.end()).as(program.output()).isEqualTo(0);
            assertThat(program.output()).matches(GuidePage.promised(script));
        }
    }

    private Page submit(Page shown, String path, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(shown.hidden());
        form.putAll(more);
        return browser.post(path, form);
    }

    private Page signIn(Page shown, String path) {
        assertThat(shown.html()).contains("id=\"password\"");
        return submit(shown, path, Map.of("username", "ada", "password", PASSWORD));
    }

    @Test
    public void aWebApplicationSignsInAndOut() throws IOException {
        String node = node();
        String secret =
                keepsItsWord(folder.getRoot().toPath(), guide.blocks("3.", "sh").get(0));
        Files.writeString(
                NodeApplication.folder().resolve("shop.mjs"),
                guide.blocks("3.", "js").get(0));
        String run = guide.found(Pattern.compile("`(CLIENT_SECRET=\\.\\.\\. [^`]*)`"));
        String shop = "http://127.0.0.1:" + SHOP;
        try (Running program = Running.start(bash(NodeApplication.folder(), node + run.replace("...", secret)))) {
            await(60, () -> listens(SHOP) || !program.isAlive());
            assertThat(browser.visit(shop + "/").html()).as(program.output()).contains("stranger");
            Page consent = signIn(browser.visit(shop + "/login"), "/oidc/login");
            Page end = submit(consent, "/oidc/consent", Map.of("approve", "true"));
            assertThat(end.location()).startsWith(shop + "/cb?");
            assertThat(new Browser(base).visit(end.location()).status())
                    .as("another browser with this answer")
                    .isEqualTo(400);
            assertThat(browser.visit(end.location()).html())
                    .as(program.output())
                    .contains("Hello ada");
            assertThat(browser.visit(end.location()).status()).as("again").isEqualTo(400);
            assertThat(browser.visit(shop + "/").html()).contains("Hello ada");

            assertThat(browser.visit(shop + "/logout").html()).contains("stranger");
            assertThat(browser.visit(shop + "/login").html()).contains("id=\"password\"");
        }
    }

    @Test
    public void anApplicationInTheBrowserKeepsItsTokensToItself() throws IOException {
        Pattern serve = Pattern.compile("`(python3 -m http\\.server [^`]*)`");
        assumeTrue("Skipped, for there is no python3", Files.isExecutable(Path.of("/usr/bin/python3")));
        Path site = folder.newFolder("site").toPath();
        keepsItsWord(site, guide.blocks("4.", "sh").get(0));
        Files.writeString(site.resolve("app/app.js"), guide.blocks("4.", "js").get(0));
        try (Chromium chromium = new Chromium();
                Running program = Running.start(bash(site, guide.found(serve)))) {
            await(60, () -> listens(APP) || !program.isAlive());
            String app = "http://127.0.0.1:" + APP + "/";
            chromium.open(app);
            signIn(chromium);
            chromium.awaitText("who", "Signed in as ada.");
            assertThat(chromium.url()).as("no code stays in it").isEqualTo(app);
            chromium.click("renew");
            chromium.awaitText("who", "Renewed as ada.");
            assertThat(chromium.value("localStorage.length + sessionStorage.length"))
                    .isEqualTo(0L);

            chromium.open(app);
            chromium.awaitText("who", "Nobody is signed in.");
            chromium.click("sign-in");
            chromium.awaitText("who", "Signed in as ada.");
            chromium.click("sign-out");
            chromium.awaitText("who", "Nobody is signed in.");
            chromium.click("sign-in");
            chromium.awaitElement("password");
        }
    }

    private static void signIn(Chromium chromium) {
        chromium.awaitText("who", "Nobody is signed in.");
        chromium.click("sign-in");
        chromium.awaitElement("password");
        chromium.type("username", "ada");
        chromium.type("password", PASSWORD);
        chromium.click("login");
        chromium.awaitElement("consent-approve");
        chromium.click("consent-approve");
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
