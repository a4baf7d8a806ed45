package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.service.Receipt;
import org.latchkey.testkit.MemoryAudit;

public class AuditCommandsTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final MemoryAudit audit = new MemoryAudit();
    private final Console console = new Console().with(new AuditCommands(audit), "audit");

    @Test
    public void theNewestComesFirstEachOnALine() throws Exception {
        audit.append(
                new AuditEvent(THEN, "plugin-deployed", "", "server", "org.example", "", Map.of("version", "1.0.0")));
        audit.append(new Receipt(
                        THEN,
                        "entity-create",
                        "r1",
                        "root",
                        "ada",
                        "127.0.0.1",
                        "ok",
                        List.of(new Receipt.Ran("EntityCreate", "Hook", "org.example", "1.0.0", "changed")),
                        Map.of("EntityCreate", 5L))
                .event());
        assertThat(console.run("audit").lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "SEQ AT TYPE ACTOR SUBJECT REQUEST DETAILS",
                        "2 2026-01-01T00:00:00Z entity-create root ada r1 ok ran=[EntityCreate:org.example 1.0.0 changed]",
                        "1 2026-01-01T00:00:00Z plugin-deployed server org.example version=1.0.0");
        assertThat(console.run("audit", "--limit", "1")).doesNotContain("plugin-deployed");
        assertThat(console.run("audit", "--request", "r1"))
                .contains("entity-create")
                .doesNotContain("plugin-deployed");
        assertThat(console.run("audit", "--json")).contains("\"type\" : \"entity-create\"");
        assertThatThrownBy(() -> console.run("audit", "--limit", "x")).isInstanceOf(UsageException.class);
    }

    @Test
    public void a17_aBrokenLogIsSaidWithTheNumberOfTheEntry() throws Exception {
        assertThat(console.run("audit", "verify")).startsWith("entries 0 to 0 are whole");
        assertThat(console.run("audit", "verify", "--json")).contains("\"intact\" : true");
        audit.breakDown();
        assertThatThrownBy(() -> console.run("audit", "verify"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("broken at seq 1");
    }
}
