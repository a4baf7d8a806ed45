package org.latchkey.procs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** What is damaged keeps nobody from the rest. */
public class DamageTest {

    @Rule
    public final Stage stage = new Stage();

    /** Runs that sort before all others, newest first, and that nobody can read. */
    private void damagedRuns(int count) throws Store.Conflict {
        for (int i = 0; i < count; i++) {
            String body = i % 2 == 0 ? "{\"id\":7}" : "no JSON";
            List<Item.Index> indexes =
                    List.of(new Item.Index("live", "yes", false), new Item.Index("proc", "deploy", false));
            stage.store.commit(List.of(new Write.Put(new Item("procrun", "000000000000000" + i, 0, body, indexes))));
        }
    }

    @Test
    public void aRunThatCannotBeReadKeepsNoOtherFromBeingTakenOver() throws Exception {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        stage.begun(run).runs();
        stage.await(run, "RUNNING");
        damagedRuns(2);
        stage.stop(1);
        stage.start(1);
        Stage.eventually("resumed", () -> stage.begun(run).isResumed());
        stage.begun(run).exits(0);
        stage.await(run, "SUCCEEDED");
    }

    @Test
    public void aRunThatCannotBeReadIsLeftOutOfLists() throws Exception {
        stage.proc("deploy", "");
        JsonNode first = stage.run("{'name':'deploy'}");
        JsonNode second = stage.run("{'name':'deploy'}");
        damagedRuns(3);
        for (String target : List.of("/execution?limit=2", "/execution?limit=2&proc=deploy")) {
            JsonNode list = stage.json(Asked.of("GET", target).by("ada")).get("executions");
            assertThat(list).as(target).hasSize(2);
            assertThat(list.get(0).get("id")).isEqualTo(second.get("id"));
            assertThat(list.get(1).get("id")).isEqualTo(first.get("id"));
        }
    }

    private Item change(Item item, String body) throws Store.Conflict {
        List<Item.Index> indexes = List.of(new Item.Index("live", "yes", false));
        stage.store.commit(List.of(new Write.Put(new Item(item.kind(), item.key(), item.version(), body, indexes))));
        return stage.store.get(item.kind(), item.key()).orElseThrow();
    }

    @Test
    public void whatARunTellsIsStoredOnceThatIsPossibleAgainHoweverItFailed() throws Exception {
        stage.proc("deploy", "");
        JsonNode run = stage.run("{'name':'deploy'}");
        stage.begun(run).runs();
        stage.await(run, "RUNNING");
        Item good = stage.store.list("procrun", "", "", 9).get(0);
        Item bad = change(good, "no JSON");
        stage.begun(run).prints("meanwhile");
        Thread.sleep(1500);
        change(bad, good.body());
        stage.begun(run).prints("afterwards").exits(0);
        stage.await(run, "SUCCEEDED");
        assertThat(stage.log(run)).isEqualTo("meanwhile\nafterwards\n");
    }
}
