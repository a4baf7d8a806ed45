package org.latchkey.procs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Refusal.Kind;

/** Who sees which runs and procs when procs come and go, and how often that is decided. */
public class AudienceTest {

    @Rule
    public final Stage stage = new Stage();

    private void put(String name, String group) {
        assertThat(stage.ask(Asked.of("POST", "/metadata")
                                .by("boss")
                                .body("[{'name':'" + name + "','authorized_groups':['" + group + "']}]"))
                        .status())
                .isEqualTo(201);
    }

    private JsonNode runs(String who) {
        return stage.json(Asked.of("GET", "/execution").by(who)).get("executions");
    }

    private static Asked status(JsonNode run, String who) {
        return Asked.of("GET", "/execution/" + run.get("id") + "/status").by(who);
    }

    @Test
    public void anotherProcOfTheSameNameDoesNotOpenOldRunsToItsPeople() {
        put("deploy", "ops");
        JsonNode old = stage.run("{'name':'deploy'}");
        assertThat(stage.ask(Asked.of("DELETE", "/metadata/deploy").by("boss")).status())
                .isEqualTo(204);
        put("deploy", "sales");
        assertThat(stage.refused(status(old, "eve")).kind()).isEqualTo(Kind.DENIED);
        assertThat(stage.ask(status(old, "ada")).status()).isEqualTo(200);
        JsonNode own = stage.json(Asked.of("POST", "/execution").by("eve").body("{'name':'deploy'}"));
        assertThat(runs("eve")).hasSize(1);
        assertThat(runs("eve").get(0).get("id")).isEqualTo(own.get("id"));
        assertThat(runs("ada")).hasSize(1);
        assertThat(runs("ada").get(0).get("id")).isEqualTo(old.get("id"));
    }

    @Test
    public void aProcThatIsChangedTakesItsRunsAlong() {
        put("deploy", "ops");
        JsonNode run = stage.run("{'name':'deploy'}");
        put("deploy", "sales");
        assertThat(stage.refused(status(run, "ada")).kind()).isEqualTo(Kind.DENIED);
        assertThat(stage.ask(status(run, "eve")).status()).isEqualTo(200);
        assertThat(stage.json(Asked.of("GET", "/metadata/deploy").by("eve")).has("incarnation"))
                .isFalse();
        assertThat(stage.refused(Asked.of("POST", "/metadata").by("boss").body("[{'name':'deploy','incarnation':'x'}]"))
                        .pointer())
                .isEqualTo("/0/incarnation");
    }

    @Test
    public void inAListEachSetOfGroupsIsDecidedOnce() {
        for (String each : List.of("a", "b", "c")) {
            put(each, "ops");
            stage.run("{'name':'" + each + "'}");
        }
        put("d", "sales");
        for (String target : List.of("/metadata", "/execution")) {
            stage.people.forgetDecisions();
            stage.ask(Asked.of("GET", target).by("ada"));
            assertThat(stage.people.decisions())
                    .as(target)
                    .doesNotHaveDuplicates()
                    .isNotEmpty();
        }
    }
}
