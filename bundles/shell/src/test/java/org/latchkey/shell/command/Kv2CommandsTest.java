package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MemoryDirectory;

public class Kv2CommandsTest {

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Console console = new Console().with(new Kv2Commands(directory, directory), "kv2");

    @Before
    public void people() {
        directory.entities.put("ada", Entity.named("ada"));
        directory.groups.put("dev", Group.named("dev"));
    }

    private Map<String, List<String>> kv(String kind) {
        return kind.equals("entity")
                ? directory.entities.get("ada").kv()
                : directory.groups.get("dev").kv();
    }

    @Test
    public void row51_keysAreAddedReplacedReadAndDeleted() throws Exception {
        for (String[] each : new String[][] {{"entity", "ada"}, {"group", "dev"}}) {
            String kind = each[0];
            String name = each[1];
            assertThatThrownBy(() -> console.run("kv2", "replace", kind, name, "k", "1"))
                    .isInstanceOf(Refusal.class);
            assertThat(console.run("kv2", "add", kind, name, "k", "2", "1")).isEqualTo("added k\n");
            assertThat(kv(kind)).containsEntry("k", List.of("2", "1"));
            assertThatThrownBy(() -> console.run("kv2", "add", kind, name, "k", "3"))
                    .isInstanceOf(Refusal.class);
            assertThat(console.run("kv2", "replace", kind, name, "k", "3")).isEqualTo("replaced k\n");
            console.run("kv2", "add", kind, name, "k{1}", "4");

            assertThat(console.run("kv2", "get", kind, name, "k")).isEqualTo("3\n");
            assertThat(console.run("kv2", "get", kind, name)).isEqualTo("k: 3\nk{1}: 4\n");
            assertThat(console.run("kv2", "get", kind, name, "*")).isEqualTo("k: 3\nk{1}: 4\n");
            assertThat(console.run("kv2", "get", kind, name, "k", "--json")).isEqualTo("{\n  \"k\" : [ \"3\" ]\n}\n");

            assertThat(console.run("kv2", "del", kind, name, "k")).isEqualTo("deleted k\n");
            assertThat(kv(kind)).containsOnlyKeys("k{1}");
            assertThatThrownBy(() -> console.run("kv2", "del", kind, name, "k")).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> console.run("kv2", "get", kind, name, "k")).isInstanceOf(Refusal.class);
        }
    }

    @Test
    public void aValueIsNeededAndATargetMustBeThere() {
        assertThatThrownBy(() -> console.run("kv2", "add", "entity", "ada", "k"))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> console.run("kv2", "get", "thing", "ada")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> console.run("kv2", "get", "entity", "eve")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> console.run("kv2", "add", "group", "eve", "k", "v"))
                .isInstanceOf(Refusal.class);
    }
}
