package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MemoryDirectory;

public class GroupCommandsTest {

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Console console = new Console().with(new GroupCommands(directory, directory), "group");

    private Group dev() {
        return directory.groups.get("dev");
    }

    @Test
    public void row52_createShowUpdateDestroy() throws Exception {
        assertThat(console.run("group", "create", "dev", "--display-name", "The Devs", "--managed-by", "ops"))
                .isEqualTo("created dev with number 1\n");
        assertThat(console.run("group", "info", "dev"))
                .contains("name: dev\n", "display_name: The Devs\n", "managed_by: ops\n");

        console.run("group", "update", "dev", "--managed-by", "");
        assertThat(dev().managedBy()).isEmpty();
        assertThat(dev().displayName()).isEqualTo("The Devs");

        console.run("group", "destroy", "dev");
        assertThatThrownBy(() -> console.run("group", "info", "dev")).isInstanceOf(Refusal.class);
        assertThat(directory.callers).containsOnly(Caller.shell("request-1"));
    }

    @Test
    public void row53_membersComeAndGo() throws Exception {
        directory.entities.put("ada", Entity.named("ada"));
        console.run("group", "create", "dev");

        assertThat(console.run("group", "add", "dev", "ada")).isEqualTo("added ada to dev\n");
        assertThat(console.run("group", "members", "dev")).contains("ada");
        assertThat(console.run("group", "members", "dev", "--json")).contains("\"id\" : \"ada\"");

        console.run("group", "drop", "dev", "ada");
        assertThat(console.run("group", "members", "dev", "--json")).isEqualTo("[ ]\n");
        assertThatThrownBy(() -> console.run("group", "add", "none", "ada")).isInstanceOf(Refusal.class);
    }

    @Test
    public void listAndKv() throws Exception {
        console.run("group", "create", "dev");
        console.run("group", "create", "ops", "--number=9");
        console.run("group", "kv", "dev", "UPSERT", "mail", "on");

        assertThat(console.run("group", "list"))
                .isEqualTo("NAME  NUMBER  DISPLAY NAME  MANAGED BY\ndev   1\nops   9\n");
        assertThat(dev().kv()).containsEntry("mail", List.of("on"));
        assertThat(console.run("group", "kv", "dev", "READ", "mail")).isEqualTo("on\n");
    }

    @Test
    public void row58_rulesIncludeExcludeAndAreDropped() throws Exception {
        console.run("group", "create", "dev");
        console.run("group", "create", "all");

        assertThat(console.run("group", "rule", "all", "include", "dev")).isEqualTo("all includes dev\n");
        assertThat(console.run("group", "expansion", "all", "EXCLUDE", "dev")).isEqualTo("all excludes dev\n");
        assertThat(console.run("group", "info", "all")).contains("rules.dev: exclude\n");
        assertThat(console.run("group", "rule", "all", "DROP", "dev")).isEqualTo("dropped the rule of all for dev\n");
        assertThatThrownBy(() -> console.run("group", "rule", "all", "DROP", "dev"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> console.run("group", "rule", "all", "INCLUDE", "none"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    public void infoNamesTheGroupsItManages() throws Exception {
        console.run("group", "create", "dev");
        console.run("group", "create", "ops", "--managed-by", "dev");
        console.run("group", "create", "web", "--managed-by", "dev");

        assertThat(console.run("group", "info", "dev")).contains("manages: ops, web\n");
        assertThat(console.run("group", "info", "dev", "--fields", "manages", "--json"))
                .isEqualTo("{\n  \"manages\" : [ \"ops\", \"web\" ]\n}\n");
        assertThat(console.run("group", "search", "o*", "--fields", "name,managed_by"))
                .isEqualTo("name  managed_by\nops   dev\n");
    }

    @Test
    public void anUpdateOfNothingIsAnsweredWithUsage() throws Exception {
        console.run("group", "create", "dev");
        assertThatThrownBy(() -> console.run("group", "update", "dev")).isInstanceOf(UsageException.class);
    }
}
