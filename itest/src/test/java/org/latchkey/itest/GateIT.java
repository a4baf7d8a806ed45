package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.latchkey.itest.proctor.Probe;
import org.latchkey.itest.proctor.StubGate;
import org.latchkey.itest.proctor.StubGate.Asked;
import org.latchkey.itest.proctor.StubGate.Manner;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/**
 * Rows 90 to 99: people sign in by Gate, with Proctor's variables. An endpoint of the test has the headers and the settings of
 * Proctor's server, and has chosen authenticators judge.
 */
public class GateIT {

    private static final String GATE = "org.latchkey.auth.gate";
    private static final String ADA = "ada@example.org";
    private static final String ADAS = "TOKENOFADA4711";
    private static final String BOB = "bob@example.org";
    private static final String BOBS = "TOKENOFBOB4711";
    private static final String CARL = "carl@example.org";
    private static final String CARLS = "TOKENOFCARL4711";

    private static final StubGate gate =
            new StubGate().with(ADA, ADAS, "dev", "a").with(BOB, BOBS).withInactive(CARL, CARLS, "dev", "a");

    private static final Server server = new Server()
            .with("GATE_PLUGIN_PROTOCOL", "http")
            .with("GATE_PLUGIN_HOST", gate.host())
            .with("PROCTOR_AUTH_ENABLED", "true")
            .with("PROCTOR_AUTH_PLUGIN_BINARY", "/app/plugin/gate.so")
            .with("PROCTOR_AUTH_PLUGIN_EXPORTED", "Auth")
            .with("PROCTOR_REQUIRED_ADMIN_GROUP", "ops, dev")
            .withEtc("latchkey.auth.gate", "host=\"gate.invalid\"", "timeoutMillis=I\"4000\"")
            .withEtc("latchkey.procs", "authenticators=[\"org.example.other\"]", "minClientVersion=\"1.0.0\"");

    @ClassRule
    public static final RuleChain rules = RuleChain.outerRule(gate).around(server);

    private final Http http = server.http();
    private final Http root = server.root();

    @BeforeClass
    public static void deploy() {
        server.deploy(Server.shipped(GATE));
        server.deploy(Probe.jar());
        Http root = server.root();
        await(60, () -> root.serves(GATE) && root.serves(Probe.NAME));
    }

    @Before
    @After
    public void reset() {
        gate.reset();
    }

    private Http.Answer ask(String email, String token, String groups) {
        return http.send(http.request("/probe/visit")
                .header("Email-Id", email)
                .header("Access-Token", token)
                .header("Groups", groups));
    }

    private int status(String email, String token) {
        return ask(email, token, "").status();
    }

    private String settings() {
        return http.get("/probe/settings").body();
    }

    @Test
    public void row91TheVariablesCountBeforeTheFilesWhichStayLive() throws IOException {
        String given = "true [" + GATE + "] [ops, dev] ";
        assertThat(settings()).isEqualTo(given + "1.0.0");
        Path file = server.etc().resolve("latchkey.procs.config");
        Files.writeString(file, "authEnabled=B\"false\"\nminClientVersion=\"2.0.0\"\n");
        await(30, () -> settings().equals(given + "2.0.0"));
        lookAgain();
        Files.delete(file);
        await(30, () -> settings().equals(given));
        Files.writeString(file, "authenticators=[\"org.example.other\"]\nminClientVersion=\"1.0.0\"\n");
        await(30, () -> settings().equals(given + "1.0.0"));
        assertThat(server.output()).contains("PROCTOR_REQUIRED_ADMIN_GROUP is a mistake", "which is not in");
    }

    @Test
    public void row90OnlyTheConfiguredOfTwoCandidatesJudgesAndWithoutItNobody() {
        Path other = server.deploy(
                PluginJar.named("org.example.other").source("Yes", """
                @Component
                public final class Yes implements Authenticator {
                    @Override
                    public Verdict authenticate(Attempt attempt) {
                        return new Verdict.Accepted(new Principal(attempt.id(), "x", Set.of(), Set.of()));
                    }
                }
                """).build());
        await(60, () -> root.serves("org.example.other"));
        assertThat(http.check(ADA, "WRONG")).as("the general sign-in asks both").isTrue();
        assertThat(status(ADA, "WRONG")).isEqualTo(401);
        assertThat(status(ADA, ADAS)).isEqualTo(200);
        server.undeploy(server.deploy().resolve(Server.shipped(GATE).getFileName()));
        await(60, () -> status(ADA, ADAS) == 503);
        assertThat(ask(ADA, ADAS, "").body()).contains("authenticator-unavailable");
        assertThat(server.logs()).contains("not judged: an authenticator that is to judge failed or is not there");
        server.deploy(Server.shipped(GATE));
        await(60, () -> status(ADA, ADAS) == 200);
        server.undeploy(other);
        await(60, () -> !root.serves("org.example.other"));
    }

    @Test
    public void row94WhoIsRegisteredInGateIsSignedIn() {
        assertThat(ask("Ada@Example.org", ADAS, "").body()).isEqualTo(ADA + " [a, dev]");
        assertThat(status(ADA, "WRONG")).isEqualTo(401);
        assertThat(status("nobody@example.org", ADAS)).isEqualTo(401);
        assertThat(http.check(ADA, ADAS)).isTrue();
        assertThat(http.check(ADA, "WRONG")).isFalse();
    }

    @Test
    public void row94AndL18AFaultOfGateIsNeitherYesNorWrongToken() {
        for (Manner fault :
                List.of(Manner.FAILS, Manner.BABBLES, Manner.REDIRECTS, Manner.HANGS_UP, Manner.POURS, Manner.HOLDS)) {
            gate.is(fault);
            assertThat(status(ADA, ADAS)).as("%s", fault).isEqualTo(503);
        }
        gate.is(Manner.FAILS);
        assertThat(http.check(ADA, ADAS))
                .as("the general sign-in: not its account")
                .isFalse();
        assertThat(root.get("/api/v1/system/status").body()).contains("Gate answered with status 503");
        gate.reset();
        assertThat(status(ADA, ADAS)).as("it is asked again at once").isEqualTo(200);
    }

    @Test
    public void row93ANoOfTheGroupsIsToldFromAFaultOfAnAuthorizer() {
        Path broken = server.deploy(
                PluginJar.named("org.example.broken").source("Broken", """
                @Component
                public final class Broken implements Authorizer {
                    @Override
                    public Vote vote(Principal principal, Set<String> groups) {
                        throw new IllegalStateException("broken");
                    }
                }
                """).build());
        await(60, () -> ask(ADA, ADAS, "a").status() == 503);
        server.undeploy(broken);
        await(60, () -> ask(ADA, ADAS, "a").status() == 200);
        assertThat(ask(ADA, ADAS, "z").status()).isEqualTo(403);
    }

    @Test
    public void row95AMemberOfAtLeastOneGroupMayInModeAllOfEveryGroup() throws IOException {
        assertThat(ask(ADA, ADAS, "a,b").status()).isEqualTo(200);
        assertThat(ask(ADA, ADAS, "A").status()).isEqualTo(200);
        assertThat(ask(ADA, ADAS, "b").status()).isEqualTo(403);
        gateSettings("mode=\"all\"");
        await(30, () -> ask(ADA, ADAS, "a,b").status() == 403);
        assertThat(ask(ADA, ADAS, "a,dev").status()).isEqualTo(200);
        gateSettings("");
        await(30, () -> ask(ADA, ADAS, "a,b").status() == 200);
    }

    @Test
    public void row96WhoIsInactiveIsRefusedThoughGateSays200() {
        assertThat(status(CARL, CARLS)).isEqualTo(401);
        assertThat(http.check(CARL, CARLS)).isFalse();
    }

    @Test
    public void row97AndL18NoGroupsMeanEverybodyAlsoWhoHasNone() {
        assertThat(ask(BOB, BOBS, "").status()).isEqualTo(200);
        assertThat(ask(BOB, BOBS, "a").status()).isEqualTo(403);
    }

    @Test
    public void row98TheRequestIsThatOfProctorsPluginOrHasTheTokenInAHeader() throws IOException {
        assertThat(status(ADA, ADAS)).isEqualTo(200);
        assertThat(gate.asked()).hasSize(2);
        assertThat(gate.asked().get(1))
                .isEqualTo(new Asked(
                        "GET",
                        "/api/v1/users/profile",
                        "email=ada%40example.org&access_token=" + ADAS,
                        "",
                        "application/json",
                        ""));
        gateSettings("tokenIn=\"header\"");
        await(30, () -> {
            gate.asked().clear();
            return status(ADA, ADAS) == 200 && gate.asked().get(1).query().equals("email=ada%40example.org");
        });
        assertThat(gate.asked()).allMatch(each -> each.authorization().equals("Bearer " + ADAS));
        gateSettings("");
        await(30, () -> {
            gate.asked().clear();
            return status(ADA, ADAS) == 200
                    && gate.asked().get(1).authorization().isEmpty();
        });
    }

    @Test
    public void row99TheTokenOfOneIsNoGoodForAnother() throws IOException {
        assertThat(status(ADA, BOBS)).isEqualTo(401);
        gateSettings("strict=B\"false\"");
        await(30, () -> status(ADA, BOBS) == 200);
        gateSettings("");
        await(30, () -> status(ADA, BOBS) == 401);
    }

    @Test
    public void gateIsNotToldTheSecretsOfOthersAndNoLogHasAToken() {
        assertThat(root.post("/api/v1/entities", Map.of("id", "eve", "secret", "open sesame eve"))
                        .status())
                .isEqualTo(201);
        assertThat(http.check("eve", "open sesame eve")).isTrue();
        assertThat(http.check("eve", "wrong")).isFalse();
        assertThat(http.check("nobody", "wrong")).isFalse();
        assertThat(gate.asked()).isEmpty();
        gate.is(Manner.HANGS_UP);
        assertThat(status(ADA, ADAS)).isEqualTo(503);
        assertThat(server.logs() + server.output()).doesNotContain(ADAS, BOBS, CARLS);
        assertThat(root.get("/api/v1/audit").body()).contains(ADA).doesNotContain(ADAS);
    }

    @Test
    public void row106ListsThatDoNotPairAreToldAtTheStart() {
        ProcessBuilder run = server.command("run");
        run.environment()
                .putAll(Map.of(
                        "PROCTOR_NOTIFICATION_PLUGIN_BINARY", "gate.so,gate.so",
                        "PROCTOR_NOTIFICATION_PLUGIN_EXPORTED", "Auth"));
        Server.Answer answer = Server.run(run, "");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("PROCTOR_NOTIFICATION_PLUGIN_BINARY", "PROCTOR_NOTIFICATION_PLUGIN_EXPORTED")
                .doesNotContain("Exception");
        assertThat(status(ADA, ADAS)).as("the running server is left alone").isEqualTo(200);
    }

    /** What becomes of a file while its last change is being read, the server's watcher may miss: it looks every 500 ms. */
    private static void lookAgain() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
        await(30, () -> System.nanoTime() > end);
    }

    private static void gateSettings(String line) throws IOException {
        Files.writeString(server.etc().resolve("latchkey.auth.gate.config"), "timeoutMillis=I\"4000\"\n" + line + "\n");
    }
}
