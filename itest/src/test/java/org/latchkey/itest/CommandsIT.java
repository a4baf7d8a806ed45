package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Installation;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** What {@code bin/latchkey} promises: commands, exit codes, settings of the first start. */
public class CommandsIT {

    private static final int REFUSED = 1;
    private static final int UNKNOWN_COMMAND = 2;
    private static final int NOT_RUNNING = 3;
    private static final int ENDED_BY_SIGTERM = 143;

    @Rule
    public final Installation installation = new Installation();

    @Test
    public void startStatusAndStopSayByTheirExitCodesHowItIs() {
        assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
        assertThat(installation.run("stop").exitCode()).isEqualTo(0);

        Server.Answer started = installation.run("start");
        assertThat(started.exitCode()).as(started.err()).isEqualTo(0);
        assertThat(started.out()).contains("is ready at http://127.0.0.1:", installation.rootSecret());
        Server.Answer status = installation.run("status");
        assertThat(status.exitCode()).isEqualTo(0);
        assertThat(status.out()).contains("is ready at http://127.0.0.1:");
        assertThat(installation.http().check("root", installation.rootSecret())).isTrue();

        Server.Answer again = installation.run("start");
        assertThat(again.exitCode()).isEqualTo(REFUSED);
        assertThat(again.err()).contains("runs already");
        assertThat(installation.run("status").out()).isEqualTo(status.out());

        assertThat(installation.run("stop").exitCode()).isEqualTo(0);
        assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
        assertThat(installation.data().resolve("latchkey.pid")).doesNotExist();
    }

    @Test
    public void aSecondServerOnTheSameDataIsRefusedAndTheFirstServesOn() {
        Process first = installation.serve();
        Server.Answer second = installation.run("run");
        assertThat(second.exitCode()).isEqualTo(REFUSED);
        assertThat(second.err()).contains("another server uses the data directory", "process " + first.pid());
        assertThat(installation.run("status").exitCode()).isEqualTo(0);
        assertThat(installation.http().check("root", installation.rootSecret())).isTrue();
        assertThat(installation.run("stop").exitCode()).isEqualTo(0);
        assertThat(Installation.exitCode(first)).isEqualTo(0);
    }

    @Test
    public void theFolderMayBeMovedBetweenTwoStarts() {
        String[] asShipped = {"LATCHKEY_ARCHIVE", ""};
        assertThat(installation.run("start", asShipped).exitCode()).isEqualTo(0);
        installation.root().post("/api/v1/entities", Map.of("id", "mover"));
        assertThat(installation.run("stop", asShipped).exitCode()).isEqualTo(0);
        Path before = installation.home();
        installation.move("another place #1 50%+");
        Server.Answer started = installation.run("start", asShipped);
        assertThat(started.exitCode()).as(started.err()).isEqualTo(0);
        assertThat(started.out()).doesNotContain(installation.rootSecret());
        assertThat(installation.root().get("/api/v1/entities/mover").status()).isEqualTo(200);
        assertThat(installation.run("stop", asShipped).exitCode()).isEqualTo(0);
        assertThat(before).doesNotExist();
    }

    @Test
    public void versionAndUsageNeedNoServer() {
        Server.Answer version = installation.run("version");
        assertThat(version.exitCode()).isEqualTo(0);
        assertThat(version.out()).matches("Latchkey \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(installation.run("help").out()).contains("run", "start", "stop", "status", "shell", "bootstrap");
        ProcessBuilder byPath = installation.command("version");
        byPath.command(
                "bash", "-c", "ln -s latchkey lk && PATH=$PWD:$PATH && CDPATH=/:. && export CDPATH && lk version");
        assertThat(Server.run(byPath, "").out()).isEqualTo(version.out());
        Server.Answer unknown = installation.run("fly");
        assertThat(unknown.exitCode()).isEqualTo(UNKNOWN_COMMAND);
        assertThat(unknown.err()).contains("Usage: latchkey COMMAND");
    }

    @Test
    public void aSettingThatIsGivenTwiceOrCannotBeReadRefusesTheStart() {
        Server.Answer twice =
                installation.run("run", "LATCHKEY_ROOT_SECRET", "one secret", "LATCHKEY_ROOT_SECRET_FILE", "/dev/null");
        assertThat(twice.exitCode()).isEqualTo(REFUSED);
        assertThat(twice.err()).contains("both set").doesNotContain("one secret");
        Server.Answer missing = installation.run("start", "LATCHKEY_ROOT_SECRET_FILE", "/no/such/file");
        assertThat(missing.exitCode()).isEqualTo(REFUSED);
        assertThat(missing.err()).contains("LATCHKEY_ROOT_SECRET_FILE", "/no/such/file");
        assertThat(installation.run("run", "LATCHKEY_HTTP_PORT", "eighty").err())
                .contains("LATCHKEY_HTTP_PORT", "eighty");
    }

    @Test
    public void plainHttpBeyondThisMachineIsRefused() {
        for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
            for (String command : new String[] {"run", "start"}) {
                Server.Answer refused = installation.run(command, "LATCHKEY_HTTP_HOST", host);
                assertThat(refused.exitCode()).as(host).isEqualTo(REFUSED);
                assertThat(refused.err()).contains(host, "LATCHKEY_INSECURE_HTTP=true");
            }
        }
        assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
    }

    @Test
    public void sigtermLetsARequestEndAndTheExitCodeIsZero() throws Exception {
        installation.deploy(
                PluginJar.named("org.example.slow").source("Slow", """
                        @Component(property = "latchkey.mount=slow")
                        public final class Slow implements Endpoint {
                            public Response handle(Request request) {
                                try {
                                    System.out.println("the request is in");
                                    Thread.sleep(2000);
                                    return Response.text(200, "answered");
                                } catch (InterruptedException interrupted) {
                                    return Response.text(500, "interrupted");
                                }
                            }
                        }
                        """).build());
        Process server = installation.serve();
        Http http = installation.http();
        CompletableFuture<Http.Answer> answer = CompletableFuture.supplyAsync(() -> http.get("/slow/"));
        Server.await(10, () -> installation.output().contains("the request is in"));
        server.destroy();
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo("answered");
        assertThat(Installation.exitCode(server)).isEqualTo(0);
        assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
    }

    @Test
    public void whatTheServerWritesIsItsOwnersAlone() throws IOException {
        assertThat(mode(installation.data())).isEqualTo("rwx------");
        Path fresh = installation.home().resolve("fresh data");
        assertThat(installation.run("start").exitCode()).isEqualTo(0);
        for (Path each : new Path[] {installation.data(), installation.log()}) {
            try (var files = Files.walk(each)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(mode(file)).as(file.toString()).endsWith("------");
                }
            }
        }
        assertThat(installation.run("stop").exitCode()).isEqualTo(0);
        assertThat(installation.run("start", "LATCHKEY_DATA", fresh.toString()).exitCode())
                .isEqualTo(0);
        assertThat(mode(fresh)).isEqualTo("rwx------");
        assertThat(installation.run("stop", "LATCHKEY_DATA", fresh.toString()).exitCode())
                .isEqualTo(0);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    public void aDataDirectoryMayHaveAnyName() {
        String[] settings = {
            "LATCHKEY_DATA", installation.home().resolve("d,x #1 50%+").toString()
        };
        try {
            Process server = installation.start(settings);
            Server.await(30, () -> installation.run("status", settings).exitCode() == 0 || !server.isAlive());
            assertThat(server.isAlive()).as(installation.output()).isTrue();
        } finally {
            installation.run("stop", settings);
        }
    }

    /** A database URL ends at the first one. */
    @Test
    public void aSemicolonInTheDataDirectoryIsAClearFailure() {
        String data = installation.home().resolve("d;x").toString();
        Server.Answer refused = installation.run("run", "LATCHKEY_DATA", data);
        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("semicolon");
    }

    @Test
    public void aPortInUseIsAClearFailure() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            for (String command : new String[] {"run", "start"}) {
                Server.Answer refused = installation.run(command, "LATCHKEY_HTTP_PORT", port);
                assertThat(refused.exitCode()).isEqualTo(REFUSED);
                assertThat(refused.err()).contains("cannot listen on port " + port);
            }
        }
        assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
        assertThat(installation.data().resolve("latchkey.pid")).doesNotExist();
    }

    @Test
    public void afterAPowerFailureItStartsAgain() {
        Process server = installation.serve();
        server.destroyForcibly();
        Installation.exitCode(server);
        assertThat(installation.data().resolve("latchkey.pid")).exists();
        assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
        Server.Answer started = installation.run("start");
        assertThat(started.exitCode()).as(started.err()).isEqualTo(0);
        assertThat(installation.http().check("root", installation.rootSecret())).isTrue();
    }

    @Test
    public void aStaleProcessNumberThatAnotherServerGotIsNotTakenForOurs() throws IOException {
        Path other = installation.home().resolve("other data");
        assertThat(installation.run("start", "LATCHKEY_DATA", other.toString()).exitCode())
                .isEqualTo(0);
        String[] settings = {"LATCHKEY_DATA", other.toString()};
        try {
            Files.copy(other.resolve("latchkey.pid"), installation.data().resolve("latchkey.pid"));
            assertThat(installation.run("status").exitCode()).isEqualTo(NOT_RUNNING);
            installation.run("stop");
            assertThat(installation.run("status", settings).exitCode())
                    .as("the other server lives")
                    .isEqualTo(0);
        } finally {
            installation.run("stop", settings);
        }
    }

    @Test
    public void aMissingJavaIsNamed() {
        for (String command : new String[] {"run", "start", "shell", "bootstrap"}) {
            Server.Answer refused = installation.run(command, "JAVA_HOME", "/no/such/java");
            assertThat(refused.exitCode()).isEqualTo(REFUSED);
            assertThat(refused.err()).contains("JAVA_HOME is /no/such/java", "needs Java 17 or newer");
        }
    }

    @Test
    public void sigtermAtAnyMomentOfAStartEndsItAndTheNextStartIsFine() throws Exception {
        for (int millis : new int[] {500, 1000, 1500, 2000, 3000}) {
            Process server = installation
                    .command("run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread.sleep(millis);
            server.destroy();
            // Java itself answers a signal that comes before the launcher listens for it.
            assertThat(Installation.exitCode(server))
                    .as("after " + millis + " ms")
                    .isIn(0, ENDED_BY_SIGTERM);
            assertThat(installation.data().resolve("latchkey.pid")).doesNotExist();
        }
        installation.serve();
        assertThat(installation.root().get("/healthz/ready").status()).isEqualTo(200);
    }

    @Test
    public void startLetsGoOfItsCallersStreams() {
        ProcessBuilder start = installation.command("start");
        start.command("bash", "-c", "said=$(" + "'" + start.command().get(0) + "' start 2>&1); echo \"$said\"");
        assertThat(Server.run(start, "").out()).contains("is ready at");
    }

    @Test
    public void aClassArchiveIsMadeAndOneThatIsDamagedDoesNoHarm() throws IOException {
        String[] asShipped = {"LATCHKEY_ARCHIVE", ""};
        assertThat(installation.run("rehearse", asShipped).exitCode()).isEqualTo(0);
        try (var files = Files.newDirectoryStream(installation.home().resolve("lib"), "classes-*")) {
            for (Path archive : files) {
                byte[] content = Files.readAllBytes(archive);
                Files.write(archive, Arrays.copyOf(content, content.length / 2));
                Server.Answer started = installation.run("start", asShipped);
                assertThat(started.exitCode()).as(started.err()).isEqualTo(0);
                assertThat(installation.run("stop").exitCode()).isEqualTo(0);
                return;
            }
        }
        throw new AssertionError("no class archive was made");
    }
}
