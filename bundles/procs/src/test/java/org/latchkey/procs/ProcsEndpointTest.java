package org.latchkey.procs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.Refusal.Kind;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.http.Response;

public class ProcsEndpointTest {

    @Rule
    public final Stage stage = new Stage();

    private static Asked get(String target) {
        return Asked.of("GET", target);
    }

    private static Asked post(String target, String body) {
        return Asked.of("POST", target).body(body);
    }

    @Test
    public void row90NobodyGetsInWhoIsNotKnown() {
        for (Asked each : List.of(get("/metadata"), get("/execution"), post("/metadata", "[]"))) {
            assertThat(stage.refused(each).kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(stage.refused(each.by("wrong")).kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(stage.refused(each.header("Email-Id", "ada")).kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(stage.refused(each.header("Authorization", "Basic YWRhOmE="))
                            .kind())
                    .isEqualTo(Kind.UNAUTHENTICATED);
        }
    }

    @Test
    public void row104ProctorsHeadersSignIn() {
        Asked request = get("/metadata").header("email-id", "ada").header("access-token", "ada-secret");
        assertThat(stage.ask(request).status()).isEqualTo(200);
        assertThat(stage.refused(request.header("access-token", "x")).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(stage.people.chosen()).allMatch(Set::isEmpty);
        assertThat(stage.refused(request.by("ada")).code()).isEqualTo("two-identities");
    }

    @Test
    public void row91ATokenOfAnotherAuthenticatorDoesNotGetAroundTheChosen() {
        stage.people.addFrom("org.example.gate", "gil", "ops");
        stage.stop(1);
        stage.with("authenticators", new String[] {"org.example.gate"}).start(1);
        assertThat(stage.ask(get("/metadata").by("gil")).status()).isEqualTo(200);
        assertThat(stage.refused(get("/metadata").by("ada")).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(stage.ask(get("/metadata").by("root")).status())
                .as("the operator gets in always")
                .isEqualTo(200);
    }

    /** What Proctor's {@code Auth(email, token)} gives: somebody with groups, or an error. */
    @Test
    public void row92AnAuthenticatorTellsFromEmailAndTokenWhoItIs() {
        stage.proc("deploy", "");
        stage.people.judgedBy(attempt -> {
            String token = new String(attempt.secret().orElseThrow().chars());
            return switch (token) {
                case "of-ops" -> new Verdict.Accepted(new Principal(attempt.id(), "stub", Set.of("ops"), Set.of()));
                case "of-sales" -> new Verdict.Accepted(new Principal(attempt.id(), "stub", Set.of("sales"), Set.of()));
                case "of-nobody-knows" -> throw Refusal.of(Kind.UNAVAILABLE, "stub-unavailable", "It is down.");
                case "inactive" -> new Verdict.Rejected("not active");
                default -> Verdict.NOT_MINE;
            };
        });
        Asked request = get("/metadata/deploy").header("Email-Id", "gil@example.org");
        assertThat(stage.ask(request.header("Access-Token", "of-ops")).status()).isEqualTo(200);
        assertThat(stage.refused(request.header("Access-Token", "of-sales")).kind())
                .isEqualTo(Kind.DENIED);
        assertThat(stage.refused(request.header("Access-Token", "inactive")).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(stage.refused(request.header("Access-Token", "wrong")).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(stage.refused(request.header("Access-Token", "of-nobody-knows"))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        JsonNode run = stage.json(post("/execution", "{'name':'deploy'}")
                .header("Email-Id", "gil@example.org")
                .header("Access-Token", "of-ops"));
        assertThat(stage.status(run).get("user").asText()).isEqualTo("gil@example.org");
    }

    @Test
    public void row101OnlyAdministratorsChangeProcsAndSecrets() {
        stage.proc("deploy", "");
        for (Asked each : List.of(
                post("/metadata", "[{'name':'other'}]"),
                post("/secret", "{'job_name':'deploy','secrets':{}}"),
                Asked.of("DELETE", "/secret/deploy"),
                Asked.of("DELETE", "/metadata/deploy"))) {
            assertThat(stage.refused(each.by("ada")).kind()).as(each.target()).isEqualTo(Kind.DENIED);
        }
        assertThat(stage.ask(post("/metadata", "[{'name':'other'}]").by("root")).status())
                .isEqualTo(201);
        assertThat(stage.ask(Asked.of("DELETE", "/metadata/other").by("boss")).status())
                .isEqualTo(204);
    }

    @Test
    public void row101AnEmptyListOfAdministratorsMeansNobody() {
        stage.stop(1);
        stage.with("adminGroups", new String[0]).start(1);
        assertThat(stage.refused(post("/metadata", "[{'name':'other'}]").by("boss"))
                        .kind())
                .isEqualTo(Kind.DENIED);
        assertThat(stage.ask(post("/metadata", "[{'name':'other'}]").by("root")).status())
                .isEqualTo(201);
    }

    @Test
    public void row102AnAdministratorDoesNotGetAroundTheGroups() {
        stage.proc("deploy", "");
        for (String who : List.of("eve", "boss", "root")) {
            assertThat(stage.refused(post("/execution", "{'name':'deploy'}").by(who))
                            .kind())
                    .as(who)
                    .isEqualTo(Kind.DENIED);
        }
        assertThat(stage.outbox.notices())
                .filteredOn(each -> each.type().equals("execution.denied"))
                .extracting(each -> each.content().get("user"))
                .containsExactly("eve", "boss", "root");
    }

    @Test
    public void row102LogsAndStatusAreForTheGroupsOfTheProc() {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        String id = run.get("id").asText();
        for (Asked each : List.of(
                get("/execution/" + id + "/status"),
                get("/execution/" + id + "/logs"),
                get("/execution/logs?context_id=" + id),
                Asked.of("POST", "/execution/" + id + "/stop"))) {
            assertThat(stage.refused(each.by("eve")).kind()).as(each.target()).isEqualTo(Kind.DENIED);
        }
        stage.begun(run).exits(0);
        stage.await(run, "SUCCEEDED");
        stage.ask(Asked.of("DELETE", "/metadata/deploy").by("boss"));
        assertThat(stage.refused(get("/execution/" + id + "/status").by("eve")).kind())
                .isEqualTo(Kind.DENIED);
        assertThat(stage.status(run).get("status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    public void row103TheListHasWhatOneMayRun() {
        stage.proc("deploy", "");
        stage.ask(post("/metadata", "[{'name':'hello'}]").by("boss"));
        assertThat(stage.json(get("/metadata").by("ada")).findValuesAsText("name"))
                .contains("deploy", "hello");
        assertThat(stage.json(get("/metadata").by("eve")).findValuesAsText("name"))
                .containsExactly("hello");
        stage.people.breakAuthorizer();
        assertThat(Stage.text(stage.ask(get("/metadata").by("ada")))).isEqualTo("[]");
        assertThat(stage.refused(get("/metadata/deploy").by("ada")).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    public void row103WithoutProcsTheListIsEmpty() {
        assertThat(Stage.text(stage.ask(get("/metadata").by("ada")))).isEqualTo("[]");
        assertThat(stage.refused(get("/metadata/nothing").by("ada")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    public void row104OldClientsAreToldToUpgrade() {
        stage.stop(1);
        stage.with("minClientVersion", "2.0.0").start(1);
        Asked request = get("/metadata").by("ada");
        assertThat(stage.ask(request).status()).isEqualTo(200);
        assertThat(stage.ask(request.header("Client-Version", "v2.0.8")).status())
                .isEqualTo(200);
        assertThat(stage.refused(request.header("Client-Version", "1.9.9")).getMessage())
                .contains("upgrade it to 2.0.0");
        assertThat(stage.refused(request.header("Client-Version", "new")).kind())
                .isEqualTo(Kind.INVALID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.with("minClientVersion", "latest").start(2));
    }

    @Test
    public void row104WhoCannotSignInIsBelievedOnlyWhereTheOperatorSaysSo() {
        stage.stop(1);
        stage.with("authEnabled", false).start(1);
        Asked request = post("/metadata", "[{'name':'hello'}]")
                .header("Email-Id", "mallory")
                .header("Host", "localhost:8080")
                .header("Content-Type", "application/json");
        assertThat(stage.ask(request).status()).isEqualTo(201);
        assertThat(stage.audit.last().details()).containsEntry("unverified", true);
        assertThat(stage.audit.last().actor()).isEqualTo("mallory");
        assertThat(stage.refused(request.header("@", "192.0.2.7")).kind()).isEqualTo(Kind.DENIED);
        assertThat(stage.refused(request.header("X-Forwarded-For", "192.0.2.7")).kind())
                .isEqualTo(Kind.DENIED);
        assertThat(stage.health()).contains("Authentication of procs is off");
    }

    /** Cross-site requests, and pages whose name was made to lead here (DNS rebinding). */
    @Test
    public void row104WebPagesDoNotGetInWhereEverybodyIsBelieved() {
        stage.stop(1);
        stage.with("authEnabled", false).start(1);
        Asked here = post("/metadata", "[{'name':'hello'}]")
                .header("Host", "localhost:8080")
                .header("Content-Type", "application/json");
        for (Asked each : List.of(
                here.header("Origin", "https://evil.example"),
                here.header("Origin", "http://localhost:3000"),
                here.header("Origin", "null"),
                here.header("Sec-Fetch-Site", "cross-site"),
                here.header("Sec-Fetch-Site", "same-site"),
                here.header("Host", "evil.example:8080"),
                here.header("Host", "localhost.evil.example"),
                here.header("Host", "127.evil.example"),
                here.header("Host", ""),
                post("/metadata", "[]").header("Content-Type", "application/json"))) {
            assertThat(stage.refused(each).kind()).as(each.toString()).isEqualTo(Kind.DENIED);
        }
        assertThat(stage.refused(here.header("Content-Type", "text/plain")).kind())
                .isEqualTo(Kind.INVALID);
        assertThat(stage.refused(post("/metadata", "[]").header("Host", "localhost"))
                        .kind())
                .isEqualTo(Kind.INVALID);
        for (String host : List.of("LocalHost", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080")) {
            assertThat(stage.ask(here.header("Host", host)).status()).as(host).isEqualTo(201);
        }
        Asked ownPage = here.header("Origin", "http://localhost:8080").header("Sec-Fetch-Site", "same-origin");
        assertThat(stage.ask(ownPage).status()).isEqualTo(201);
    }

    @Test
    public void row104PagesOfOthersDoNotGetInWhereTheNetworkDoes() {
        stage.stop(1);
        stage.with("authEnabled", false).with("openToNetwork", true).start(1);
        Asked request = get("/metadata").header("@", "192.0.2.7").header("Host", "id.example.org");
        assertThat(stage.ask(request).status()).isEqualTo(200);
        assertThat(stage.refused(request.header("Origin", "https://evil.example"))
                        .kind())
                .isEqualTo(Kind.DENIED);
    }

    @Test
    public void row114OneBadProcAndNoneIsStored() {
        Refusal refusal = stage.refused(
                post("/metadata", "[{'name':'good'},{'name':'a b'}]").by("boss"));
        assertThat(refusal.pointer()).isEqualTo("/1/name");
        assertThat(stage.refused(
                                post("/metadata", "[{'name':'x'},{'name':'x'}]").by("boss"))
                        .pointer())
                .isEqualTo("/1/name");
        assertThat(stage.refused(post("/metadata", "[{'name':'x','name':'y'}]").by("boss"))
                        .kind())
                .isEqualTo(Kind.INVALID);
        assertThat(Stage.text(stage.ask(get("/metadata").by("root")))).isEqualTo("[]");
    }

    @Test
    public void row121RefusedAndMalformedAttemptsAreInTheAuditLog() {
        stage.proc("deploy", "");
        stage.refused(post("/execution", "{'name':'deploy'}").header("Email-Id", "mallory"));
        assertThat(stage.audit.last().type()).isEqualTo("procs.denied");
        assertThat(stage.audit.last().actor()).isEqualTo("anonymous");
        assertThat(stage.audit.last().details()).containsEntry("claimed", "mallory");
        stage.refused(post("/execution", "{'name':'deploy'}").by("eve"));
        assertThat(stage.audit.last().type()).isEqualTo("procs.denied");
        assertThat(stage.audit.last().actor()).isEqualTo("eve");
        stage.refused(post("/execution", "{'name':'deploy','args':{'X':'1'}}").by("ada"));
        assertThat(stage.audit.last().type()).isEqualTo("procs.malformed");
        assertThat(stage.audit.last().actor()).isEqualTo("ada");
        assertThat(stage.audit.last().details())
                .containsEntry("pointer", "/args/X")
                .containsKey("reason");
        stage.audit.breakDown();
        assertThat(stage.refused(post("/execution", "{'name':'deploy'}").by("ada"))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(stage.executor.begun()).isZero();
    }

    @Test
    public void row129PingMetricsAndDocsAreOpen() {
        assertThat(Stage.text(stage.ask(get("/ping")))).isEqualTo("pong");
        assertThat(Stage.text(stage.ask(get("/metrics")))).contains("\nexecution_total 0\n");
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        stage.begun(run).exits(3);
        stage.await(run, "FAILED");
        Stage.eventually("counted", () -> Stage.text(stage.ask(get("/metrics")))
                .contains("proctor_executions{status=\"FAILED\"} 1\n"));
        assertThat(Stage.text(stage.ask(get("/metrics")))).contains("\nexecution_total 1\n");
        for (String each : List.of("/docs", "/docs/", "/docs/index.html", "/docs/swagger.yml", "/swagger.yml")) {
            Response answer = stage.ask(get(each));
            assertThat(answer.status()).as(each).isEqualTo(200);
            assertThat(Stage.text(answer)).as(each).isNotEmpty();
        }
        assertThat(stage.refused(get("/docs/other")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    public void anUnknownPathOrMethodIsSaidToBe() {
        assertThat(stage.refused(get("/nothing")).kind()).isEqualTo(Kind.NOT_FOUND);
        Response answer = stage.ask(Asked.of("PUT", "/metadata"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "GET, POST");
    }

    @Test
    public void theSettingOfAuthenticatorsIsHandedOn() {
        stage.stop(1);
        stage.with("authenticators", new String[] {"org.latchkey.auth.gate"}).start(1);
        stage.ask(get("/metadata").header("Email-Id", "ada").header("Access-Token", "ada-secret"));
        assertThat(stage.people.chosen()).containsExactly(Set.of("org.latchkey.auth.gate"));
    }

    @Test
    public void sensesOfSettingsAreChecked() {
        for (Map.Entry<String, Integer> each : Map.of(
                        "leaseSeconds", 1, "running", 0, "logKilobytes", 0, "timeoutSeconds", 0)
                .entrySet()) {
            assertThatIllegalArgumentException()
                    .as(each.getKey())
                    .isThrownBy(() ->
                            new Stage().with(each.getKey(), each.getValue()).start(1))
                    .withMessageContaining(each.getKey());
        }
    }
}
