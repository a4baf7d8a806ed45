package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MemoryDirectory;

public class EntityCommandsTest {

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Console console = new Console().with(new EntityCommands(directory, directory), "entity");

    private Entity ada() {
        return directory.entities.get("ada");
    }

    @Test
    public void row43_createAllocatesANumberOrTakesTheGivenOne() throws Exception {
        assertThat(console.run("entity", "create", "ada")).isEqualTo("created ada with number 1\n");
        assertThat(console.run("entity", "create", "bob", "--number", "77")).isEqualTo("created bob with number 77\n");
        assertThat(console.run("entity", "create", "eve", "--number", "-1")).isEqualTo("created eve with number 3\n");
        assertThat(directory.secrets).isEmpty();
    }

    @Test
    public void aSecretIsTakenFromInputOrTheOption() throws Exception {
        console.typing("typed wörds").run("entity", "create", "ada", "--secret-stdin");
        console.run("entity", "create", "bob", "--secret=given");

        assertThat(directory.secrets).containsEntry("ada", "typed wörds").containsEntry("bob", "given");
    }

    @Test
    public void everyChangeIsMadeByTheShellUnderTheRequestsId() throws Exception {
        console.run("entity", "create", "ada");
        console.run("entity", "lock", "ada");

        assertThat(directory.callers).containsOnly(Caller.shell("request-1"));
    }

    @Test
    public void row45_updateChangesGivenFieldsAndClearsWithTheEmptyOne() throws Exception {
        console.run("entity", "create", "ada");
        console.run("entity", "update", "ada", "--display-name", "Ada L.", "--shell", "/bin/sh");
        console.run("entity", "update", "ada", "--shell", "");

        assertThat(ada().meta()).containsOnlyKeys(MetaField.DISPLAY_NAME);
        assertThat(ada().meta(MetaField.DISPLAY_NAME)).isEqualTo("Ada L.");
    }

    @Test
    public void row45_allEightFieldsCanBeSet() throws Exception {
        console.run("entity", "create", "ada");
        for (MetaField field : MetaField.values()) {
            console.run("entity", "update", "ada", "--" + field.key().replace('_', '-'), "x");
        }
        assertThat(ada().meta()).hasSize(8);
        assertThatThrownBy(() -> console.run("entity", "update", "ada")).isInstanceOf(UsageException.class);
    }

    @Test
    public void row47_lockAndUnlock() throws Exception {
        console.run("entity", "create", "ada");
        console.run("entity", "lock", "ada");
        assertThat(ada().locked()).isTrue();
        console.run("entity", "unlock", "ada");
        assertThat(ada().locked()).isFalse();
    }

    @Test
    public void row48_destroyedIsGone() throws Exception {
        console.run("entity", "create", "ada");
        console.run("entity", "destroy", "ada");

        assertThatThrownBy(() -> console.run("entity", "info", "ada"))
                .isInstanceOf(Refusal.class)
                .hasMessage("There is no entity \"ada\".");
    }

    @Test
    public void infoShowsLinesOrJson() throws Exception {
        console.run("entity", "create", "ada");
        console.run("entity", "update", "ada", "--legal-name", "Augusta\u001b[2J King");

        assertThat(console.run("entity", "info", "ada"))
                .contains("id: ada\n", "number: 1\n", "meta.legal_name: Augusta\\u001b[2J King\n");
        JsonNode json = new ObjectMapper().readTree(console.run("entity", "info", "ada", "--json"));
        assertThat(json.at("/id").asText()).isEqualTo("ada");
        assertThat(json.at("/meta/legal_name").asText()).isEqualTo("Augusta\u001b[2J King");
    }

    @Test
    public void listShowsEveryPage() throws Exception {
        for (int i = 0; i < 1203; i++) {
            directory.entities.put("e" + i, Entity.named("e" + i));
        }
        directory.entities.put("other", Entity.named("other"));

        assertThat(new ObjectMapper().readTree(console.run("entity", "list", "--json")))
                .hasSize(1204);
        assertThat(new ObjectMapper().readTree(console.run("entity", "list", "e12*", "--json")))
                .hasSize(14);
        assertThat(console.run("entity", "list", "other")).isEqualTo("ID     NUMBER  LOCKED  NAME\nother  0\n");
        assertThat(console.run("entity", "list").lines()).anyMatch(line -> line.startsWith("e1202 "));
    }

    @Test
    public void groupsAreListed() throws Exception {
        directory.entities.put("ada", Entity.named("ada").withGroups(Set.of("dev")));

        assertThat(console.run("entity", "groups", "ada")).isEqualTo("dev\n");
        assertThat(console.run("entity", "groups", "ada", "--json")).isEqualTo("[ \"dev\" ]\n");
    }

    @Test
    public void row50_kvIsSetReadAndRemoved() throws Exception {
        console.run("entity", "create", "ada");
        console.run("entity", "kv", "ada", "upsert", "phone", "1", "two words");
        console.run("entity", "kv", "ada", "UPSERT", "room", "7");

        assertThat(ada().kv()).containsEntry("phone", List.of("1", "two words"));
        assertThat(console.run("entity", "kv", "ada", "READ", "phone")).isEqualTo("1\ntwo words\n");
        assertThat(console.run("entity", "kv", "ada", "READ", "*")).isEqualTo("phone: 1\nphone: two words\nroom: 7\n");
        assertThat(console.run("entity", "kv", "ada", "READ", "room", "--json"))
                .isEqualTo("{\n  \"room\" : [ \"7\" ]\n}\n");

        console.run("entity", "kv", "ada", "CLEAREXACT", "phone");
        assertThat(ada().kv()).containsOnlyKeys("room");
        assertThatThrownBy(() -> console.run("entity", "kv", "ada", "READ", "phone"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> console.run("entity", "kv", "ada", "UPSERT", "phone"))
                .isInstanceOf(UsageException.class);
    }

    @Test
    public void row50_keysOfOneNameAreReadByTheirIndexAndClearedTogether() throws Exception {
        console.run("entity", "create", "ada");
        for (String key : new String[] {"phone{10}", "phone{2}", "phones"}) {
            console.run("entity", "kv", "ada", "UPSERT", key, "of " + key);
        }
        assertThat(console.run("entity", "kv", "ada", "READ", "phone"))
                .isEqualTo("phone{2}: of phone{2}\nphone{10}: of phone{10}\n");
        assertThat(console.run("entity", "kv", "ada", "CLEARFUZZY", "phone"))
                .isEqualTo("removed phone with every index\n");
        assertThat(ada().kv()).containsOnlyKeys("phones");
    }

    @Test
    public void row52_keysAreAddedReadAndDropped() throws Exception {
        console.run("entity", "create", "ada");
        assertThat(console.run("entity", "key", "add", "ada", "SSH", "ssh-ed25519 AAAA"))
                .isEqualTo("added a key of type SSH to ada\n");
        console.run("entity", "key", "ADD", "ada", "PGP", "0xAB");

        assertThat(console.run("entity", "key", "read", "ada")).isEqualTo("SSH: ssh-ed25519 AAAA\nPGP: 0xAB\n");
        assertThat(console.run("entity", "key", "read", "ada", "SSH")).isEqualTo("ssh-ed25519 AAAA\n");
        assertThat(console.run("entity", "key", "read", "ada", "PGP", "--json"))
                .isEqualTo("{\n  \"PGP\" : [ \"0xAB\" ]\n}\n");

        assertThat(console.run("entity", "key", "drop", "ada", "PGP", "0xAB"))
                .isEqualTo("dropped a key of type PGP from ada\n");
        assertThatThrownBy(() -> console.run("entity", "key", "drop", "ada", "PGP", "0xAB"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> console.run("entity", "key", "add", "ada", "SSH"))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> console.run("entity", "key", "read", "eve")).isInstanceOf(Refusal.class);
    }

    @Test
    public void membershipIsChangedFromEitherSide() throws Exception {
        console.run("entity", "create", "ada");
        directory.groups.put("dev", Group.named("dev").withDisplayName("The Devs"));

        assertThat(console.run("entity", "membership", "ada", "add", "dev")).isEqualTo("added ada to dev\n");
        assertThat(console.run("entity", "memberships", "ada"))
                .isEqualTo("NAME  NUMBER  DISPLAY NAME  MANAGED BY\ndev   0       The Devs\n");
        assertThat(console.run("entity", "memberships", "ada", "--fields", "name,display_name"))
                .isEqualTo("name  display_name\ndev   The Devs\n");
        assertThat(console.run("entity", "membership", "ada", "DROP", "dev")).isEqualTo("dropped ada from dev\n");
        assertThat(ada().groups()).isEmpty();
    }

    @Test
    public void fieldsNarrowWhatIsShown() throws Exception {
        console.run("entity", "create", "ada");
        console.run("entity", "update", "ada", "--shell", "/bin/sh");
        console.run("entity", "create", "bob");

        assertThat(console.run("entity", "info", "ada", "--fields", "shell,id")).isEqualTo("shell: /bin/sh\nid: ada\n");
        assertThat(console.run("entity", "info", "ada", "--fields", "id", "--json"))
                .isEqualTo("{\n  \"id\" : \"ada\"\n}\n");
        assertThat(console.run("entity", "search", "*", "--fields", "id,shell"))
                .isEqualTo("id   shell\nada  /bin/sh\nbob\n");
        assertThat(new ObjectMapper().readTree(console.run("entity", "list", "--fields", "id", "--json")))
                .allMatch(each -> each.size() == 1 && each.has("id"));
        assertThatThrownBy(() -> console.run("entity", "search", "*", "--fields", "secret"))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> console.run("entity", "search")).isInstanceOf(UsageException.class);
    }

    @Test
    public void whatItCannotDoIsAnsweredWithItsUsage() {
        assertThatThrownBy(() -> console.run("entity"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("entity create ID [--number N] [--secret-stdin | --secret S]");
        assertThatThrownBy(() -> console.run("entity", "dance", "ada")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> console.run("entity", "create", "ada", "--number", "x"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--number");
    }
}
