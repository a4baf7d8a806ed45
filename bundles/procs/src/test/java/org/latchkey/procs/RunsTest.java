package org.latchkey.procs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.Refusal.Kind;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Executor;
import org.latchkey.procs.FakeExecutor.Program;

/** What becomes of runs, over the HTTP API and with everything else in memory. */
public class RunsTest {

    private static final String WITH_SECRET = ",'env_vars':{'secrets':[{'name':'TOKEN'}],'args':[{'name':'WHERE'}]}";

    @Rule
    public final Stage stage = new Stage();

    private void secret(String proc, String value) {
        stage.ask(Asked.of("POST", "/secret")
                .by("boss")
                .body("{'job_name':'" + proc + "','secrets':{'TOKEN':'" + value + "'}}"));
    }

    @Test
    public void row120ExitZeroSucceedsAndAnythingElseFails() {
        stage.proc("deploy", "");
        JsonNode good = stage.run("{'name':'deploy'}");
        assertThat(good.get("status").asText()).isEqualTo("CREATED");
        assertThat(good.get("job_name").asText()).isEqualTo("deploy");
        assertThat(good.get("image_tag").asText()).isEqualTo("ops/tool:1");
        stage.begun(good).runs();
        stage.await(good, "RUNNING");
        stage.begun(good).exits(0);
        JsonNode ended = stage.await(good, "SUCCEEDED");
        assertThat(ended.get("exit_code").asInt()).isZero();
        assertThat(ended.has("started_at") && ended.has("ended_at")).isTrue();
        JsonNode bad = stage.run("{'jobName':'deploy'}");
        stage.begun(bad).runs().exits(1);
        assertThat(stage.await(bad, "FAILED").get("reason").asText()).isEqualTo("exit code 1");
        assertThat(bad.get("id").asLong())
                .isGreaterThan(good.get("id").asLong())
                .isLessThan(1L << 53);
    }

    @Test
    public void row120WhatCannotBeBegunSaysWhy() {
        stage.proc("deploy", "");
        stage.executor.fails(new Refusal("no-room", "There is no room."));
        assertThat(stage.await(stage.run("{'name':'deploy'}"), "CREATION_FAILED")
                        .get("reason")
                        .asText())
                .isEqualTo("There is no room.");
        stage.executor.fails(new IllegalStateException("a bug"));
        stage.await(stage.run("{'name':'deploy'}"), "CREATION_FAILED");
        stage.executor.fails(new Refusal("x", "y"));
        stage.points.clear(Executor.class);
        JsonNode run = stage.run("{'name':'deploy'}");
        assertThat(run.get("status").asText()).isEqualTo("REQUIREMENT_NOT_MET");
        assertThat(run.get("reason").asText()).isEqualTo("There is no executor.");
    }

    @Test
    public void row116AProcWithoutSecretsRuns() {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy','args':null,'callback_url':''}");
        assertThat(run.get("status").asText()).isEqualTo("CREATED");
        stage.begun(run).exits(0);
        stage.await(run, "SUCCEEDED");
    }

    @Test
    public void row116ADeclaredSecretThatIsNotStoredIsARequirement() {
        stage.proc("deploy", WITH_SECRET);
        JsonNode run = stage.run("{'name':'deploy'}");
        assertThat(run.get("status").asText()).isEqualTo("REQUIREMENT_NOT_MET");
        assertThat(run.get("reason").asText()).contains("TOKEN");
        assertThat(stage.executor.begun()).isZero();
    }

    @Test
    public void row117TheServersVariablesCannotBeOverridden() {
        stage.proc("deploy", WITH_SECRET);
        secret("deploy", "s3cret-value");
        JsonNode run = stage.run("{'name':'deploy','args':{'WHERE':'here'}}");
        Map<String, String> environment = stage.begun(run).job().environment();
        assertThat(environment)
                .containsEntry("WHERE", "here")
                .containsEntry("TOKEN", "s3cret-value")
                .containsEntry("EXECUTION_ID", run.get("id").asText())
                .containsEntry("EXECUTION_NAME", run.get("name").asText())
                .containsEntry("JOB_NAME", "deploy")
                .containsEntry("USER_EMAIL", "ada")
                .containsEntry("IMAGE_TAG", "ops/tool:1")
                .hasSize(7);
        assertThat(run.get("name").asText()).startsWith("proctor-");
        assertThat(stage.refused(Asked.of("POST", "/metadata")
                                .by("boss")
                                .body("[{'name':'x','env_vars':{'args':[{'name':'JOB_NAME'}]}}]"))
                        .pointer())
                .isEqualTo("/0/env_vars/args/0/name");
    }

    @Test
    public void row115ASecretGoesBeforeAnArgumentOfItsName() {
        stage.proc("deploy", ",'env_vars':{'secrets':[{'name':'TOKEN'}],'args':[{'name':'TOKEN'}]}");
        secret("deploy", "s3cret-value");
        JsonNode run = stage.run("{'name':'deploy','args':{'TOKEN':'mine'}}");
        assertThat(stage.begun(run).job().environment()).containsEntry("TOKEN", "s3cret-value");
    }

    @Test
    public void row115ASecretIsNowhereToBeRead() {
        stage.proc("deploy", WITH_SECRET);
        secret("deploy", "s3cret-value");
        JsonNode run = stage.run("{'name':'deploy','args':{'WHERE':'s3cret-value'}}");
        stage.begun(run).runs().prints("the token is s3cret-value!").exits(0);
        stage.await(run, "SUCCEEDED");
        assertThat(stage.log(run)).isEqualTo("the token is ***!\n");
        assertThat(stage.store.list("procsecret", "", "", 9).toString()).doesNotContain("s3cret");
        stage.store.list("procsecret", "", "", 9).forEach(item -> assertThat(item.body())
                .doesNotContain("s3cret"));
        stage.store.list("procrunlog", "", "", 9).forEach(item -> assertThat(item.body())
                .doesNotContain("s3cret"));
        assertThat(stage.outbox.notices().toString()).doesNotContain("s3cret");
        assertThat(stage.audit.events().toString()).doesNotContain("s3cret");
        assertThat(stage.refused(Asked.of("GET", "/metadata/deploy/secret").by("boss"))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    public void row118OnlyDeclaredArgumentsAndOneName() {
        stage.proc("deploy", WITH_SECRET);
        assertThat(refused("{'name':'deploy','args':{'PATH':'/tmp'}}").pointer())
                .isEqualTo("/args/PATH");
        assertThat(refused("{'name':'deploy','args':{'WHERE':1}}").pointer()).isEqualTo("/args/WHERE");
        assertThat(refused("{'name':'deploy','jobName':'other'}").pointer()).isEqualTo("/jobName");
        assertThat(refused("{'name':'deploy','name':'other'}").kind()).isEqualTo(Kind.INVALID);
        assertThat(refused("{'name':'deploy','image_tag':'evil:1'}").pointer()).isEqualTo("/image_tag");
        assertThat(refused("{'name':'deploy','callback_url':'file:///x'}").pointer())
                .isEqualTo("/callback_url");
        assertThat(refused("{'name':'deploy','x':1}").pointer()).isEqualTo("/x");
        assertThat(refused("{}").pointer()).isEqualTo("/name");
        assertThat(refused("[]").kind()).isEqualTo(Kind.INVALID);
        assertThat(refused("").kind()).isEqualTo(Kind.INVALID);
        assertThat(refused("{'name':'nothing'}").kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(stage.executor.begun()).isZero();
    }

    private Refusal refused(String body) {
        return stage.refused(Asked.of("POST", "/execution").by("ada").body(body));
    }

    @Test
    public void row109TheEventHasProctorsFiveFacts() {
        stage.proc("deploy", WITH_SECRET);
        secret("deploy", "s3cret-value");
        JsonNode run = stage.run("{'name':'deploy','args':{'WHERE':'here'}}");
        Notice event = stage.outbox.notices().stream()
                .filter(each -> each.type().equals("EXECUTION_EVENT"))
                .findFirst()
                .orElseThrow();
        assertThat(event.actor()).isEqualTo("ada");
        assertThat(event.content())
                .isEqualTo(Map.of(
                        "ExecutionID", run.get("id").asText(),
                        "JobName", "deploy",
                        "ImageTag", "ops/tool:1",
                        "Args", "{\"WHERE\":\"here\"}",
                        "Status", "CREATED"));
    }

    @Test
    public void row110EachStepIsTold() {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        stage.begun(run).runs();
        stage.await(run, "RUNNING");
        stage.begun(run).exits(1);
        stage.await(run, "FAILED");
        Stage.eventually("told", () -> types().size() == 5);
        assertThat(types())
                .containsExactly(
                        "proc.changed",
                        "EXECUTION_EVENT",
                        "execution.created",
                        "execution.started",
                        "execution.failed");
        assertThat(stage.outbox.notices().get(4).content())
                .containsEntry("exit_code", "1")
                .containsEntry("status", "FAILED");
    }

    private List<String> types() {
        return stage.outbox.notices().stream().map(Notice::type).toList();
    }

    @Test
    public void aRunIsStopped() {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        stage.begun(run).runs();
        stage.await(run, "RUNNING");
        Asked stop = Asked.of("POST", "/execution/" + run.get("id") + "/stop").by("ada");
        assertThat(stage.ask(stop).status()).isEqualTo(202);
        assertThat(stage.await(run, "STOPPED").get("stop_requested_by").asText())
                .isEqualTo("ada");
        assertThat(stage.refused(stop).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    public void aRunIsStoppedFromAnotherNode() {
        stage.start(2);
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        stage.begun(run).runs();
        stage.await(run, "RUNNING");
        stage.ask(2, Asked.of("POST", "/execution/" + run.get("id") + "/stop").by("ada"));
        stage.await(2, run, "STOPPED");
    }

    @Test
    public void row120ANewRevisionGoesOnAtTheRightLine() {
        stage.proc("deploy", WITH_SECRET);
        secret("deploy", "s3cret-value");
        JsonNode run = stage.run("{'name':'deploy'}");
        Program program = stage.begun(run).runs().prints("one", "two");
        secret("deploy", "another-value");
        stage.start(2);
        stage.stop(1);
        program.printsUnheard("three s3cret-value");
        Stage.eventually("resumed", () -> stage.log(2, run).contains("three"));
        program.prints("four").exits(0);
        stage.await(2, run, "SUCCEEDED");
        assertThat(stage.log(2, run)).isEqualTo("one\ntwo\nthree ***\nfour\n");
        assertThat(stage.executor.begun()).isEqualTo(1);
    }

    @Test
    public void row120WhatEndedWhileNobodyWatchedIsFoundOut() {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        Program program = stage.begun(run).runs().prints("one");
        stage.stop(1);
        program.end(Ending.exited(7));
        stage.start(2);
        assertThat(stage.await(2, run, "FAILED").get("exit_code").asInt()).isEqualTo(7);
    }

    @Test
    public void aRunGoesOnWithAnotherRevisionOfItsExecutor() {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        Program program = stage.begun(run).runs().prints("one");
        stage.points.clear(Executor.class);
        program.printsUnheard("two");
        stage.register("2");
        Stage.eventually("resumed", () -> stage.log(run).contains("two"));
        program.exits(0);
        stage.await(run, "SUCCEEDED");
        assertThat(stage.log(run)).isEqualTo("one\ntwo\n");
    }

    @Test
    public void asManyRunsAsMayBeAndNoMore() {
        stage.stop(1);
        stage.with("running", 1).start(1);
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        assertThat(refused("{'name':'deploy'}").kind()).isEqualTo(Kind.TOO_MANY);
        stage.begun(run).exits(0);
        stage.await(run, "SUCCEEDED");
        Stage.eventually("room", () -> {
            try {
                return stage.run("{'name':'deploy'}").get("status").asText().equals("CREATED");
            } catch (Refusal full) {
                return false;
            }
        });
    }

    @Test
    public void runsAreListedTheNewestFirstInPages() {
        stage.proc("deploy", "");
        stage.proc("other", "");
        JsonNode first = stage.run("{'name':'deploy'}");
        JsonNode second = stage.run("{'name':'other'}");
        JsonNode third = stage.run("{'name':'deploy'}");
        stage.begun(first).exits(0);
        stage.await(first, "SUCCEEDED");
        JsonNode page = stage.json(Asked.of("GET", "/execution?limit=2").by("ada"));
        assertThat(page.findValuesAsText("id"))
                .containsExactly(third.get("id").asText(), second.get("id").asText());
        JsonNode rest = stage.json(
                Asked.of("GET", "/execution?limit=2&cursor=" + page.get("next").asText())
                        .by("ada"));
        assertThat(rest.findValuesAsText("id")).containsExactly(first.get("id").asText());
        assertThat(rest.has("next")).isFalse();
        assertThat(ids("/execution?proc=deploy&status=created"))
                .containsExactly(third.get("id").asText());
        assertThat(ids("/execution?status=SUCCEEDED"))
                .containsExactly(first.get("id").asText());
        assertThat(stage.json(Asked.of("GET", "/execution").by("eve")).get("executions"))
                .isEmpty();
        for (String each : List.of("status=no", "limit=0", "limit=x", "cursor=x", "limit=1&limit=2")) {
            assertThat(stage.refused(Asked.of("GET", "/execution?" + each).by("ada"))
                            .kind())
                    .as(each)
                    .isEqualTo(Kind.INVALID);
        }
    }

    private List<String> ids(String target) {
        return stage.json(Asked.of("GET", target).by("ada")).findValuesAsText("id");
    }

    @Test
    public void anIdThatIsNoneIsSaidToBe() {
        for (String each : List.of("x", "-1", "1e3", "99999999999999999")) {
            assertThat(stage.refused(Asked.of("GET", "/execution/" + each + "/status")
                                    .by("ada"))
                            .kind())
                    .as(each)
                    .isEqualTo(Kind.INVALID);
        }
        assertThat(stage.refused(Asked.of("GET", "/execution/12/status").by("ada"))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(stage.refused(Asked.of("GET", "/execution/9999999999999999/status")
                                .by("ada"))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    public void aRunThatWasBeingBegunWhenTheServerDiedIsLostAndNotBegunAgain() {
        stage.proc("deploy", "");
        stage.points.clear(Executor.class);
        HangingExecutor hanging = new HangingExecutor();
        stage.points.addCore(Executor.class, hanging, Map.of(Executor.NAME, "fake"));
        JsonNode run = stage.run("{'name':'deploy'}");
        Stage.eventually("asked", hanging::isAsked);
        stage.register("2");
        stage.start(2);
        stage.orphan(run);
        assertThat(stage.await(2, run, "LOST").get("reason").asText()).contains("not known");
        assertThat(stage.executor.begun()).isZero();
        hanging.letGo();
    }

    @Test
    public void whoeverWatchedBeforeStoresNothingMore() {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        Program program = stage.begun(run).runs().prints("one");
        stage.await(run, "RUNNING");
        Stage.eventually("stored", () -> stage.log(run).equals("one\n"));
        stage.start(2);
        stage.orphan(run);
        Stage.eventually("resumed", program::isResumed);
        program.printsToTheOneBefore("ghost");
        program.prints("two").exits(0);
        stage.await(2, run, "SUCCEEDED");
        assertThat(stage.log(2, run)).isEqualTo("one\ntwo\n");
        assertThat(stage.executor.begun()).isEqualTo(1);
    }

    @Test
    public void row97WithoutGroupsEverybodyMayWhoIsSignedIn() {
        stage.ask(Asked.of("POST", "/metadata").by("boss").body("[{'name':'hello','authorized_groups':null}]"));
        Asked run = Asked.of("POST", "/execution").body("{'name':'hello'}");
        assertThat(stage.ask(run.by("eve")).status()).isEqualTo(201);
        assertThat(stage.refused(run).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }
}
