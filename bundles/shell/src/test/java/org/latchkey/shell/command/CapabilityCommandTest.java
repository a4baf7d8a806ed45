package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MemoryDirectory;

public class CapabilityCommandTest {

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Console console = new Console().with(new CapabilityCommand(directory), "capability");

    @Test
    public void row62_capabilitiesAreGrantedAndTakenAway() throws Exception {
        directory.entities.put("ada", Entity.named("ada"));

        assertThat(console.run("capability", "ada", "add", "lock_entity")).isEqualTo("ada has: LOCK_ENTITY\n");
        console.run("capability", "ada", "ADD", "CREATE_GROUP");
        console.run("capability", "ada", "DROP", "LOCK_ENTITY");

        assertThat(directory.entities.get("ada").capabilities()).containsExactly(Capability.CREATE_GROUP);
    }

    @Test
    public void row62_groupsConferThem() throws Exception {
        directory.groups.put("ops", Group.named("ops"));

        console.run("capability", "ops", "ADD", "GLOBAL_ROOT", "--group");

        assertThat(directory.groups.get("ops").capabilities()).containsExactly(Capability.GLOBAL_ROOT);
    }

    @Test
    public void unknownTargetsAndCapabilitiesAreRefused() {
        directory.entities.put("ada", Entity.named("ada"));

        assertThatThrownBy(() -> console.run("capability", "eve", "ADD", "LOCK_ENTITY"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> console.run("capability", "ada", "ADD", "FLY"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("GLOBAL_ROOT");
        assertThatThrownBy(() -> console.run("capability", "ada", "GIVE", "LOCK_ENTITY"))
                .isInstanceOf(UsageException.class);
    }
}
