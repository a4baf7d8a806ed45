package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.Test;
import org.latchkey.api.extension.Authorizer;
import org.latchkey.api.extension.DirectoryHook;

public class HookCommandsTest {

    private final Kernel kernel = new Kernel()
            .with(DirectoryHook.class, new DirectoryHook() {}, "active", "")
            .with(Authorizer.class, (principal, groups) -> Authorizer.Vote.ABSTAIN, "failed", "no luck");

    private final Console console = new Console().with(new HookCommands(kernel), "hooks");

    @Test
    public void row35_everyChainIsListedWithStateAndReason() throws Exception {
        assertThat(console.run("hooks")).isEqualTo("""
                POINT          EXTENSION  PLUGIN       VERSION  RANKING  STATE   REASON
                Authorizer     Example    org.example  1.0.0    7        failed  no luck
                DirectoryHook  Example    org.example  1.0.0    7        active
                """);
    }

    @Test
    public void row35_asJsonByPoint() throws Exception {
        JsonNode json = new ObjectMapper().readTree(console.run("hooks", "--json"));

        assertThat(json.at("/0/point").asText()).isEqualTo("Authorizer");
        assertThat(json.at("/0/extensions/0/reason").asText()).isEqualTo("no luck");
        assertThat(json.at("/1/extensions/0/plugin").asText()).isEqualTo("org.example");
    }
}
