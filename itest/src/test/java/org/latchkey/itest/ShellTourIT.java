package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Server;
import org.latchkey.itest.server.Shell;

/** A tour through the shell's commands, which are those of NetAuth's command line. */
public class ShellTourIT {

    private static final String SECRET = "correct horse battery staple";

    @ClassRule
    public static final Server server = new Server();

    private final Shell shell = new Shell(server);

    @Test
    public void theTourOfEntities() {
        shell.says("entity create ada --number 7000 --secret-stdin", SECRET + "\n", "created ada with number 7000");
        shell.refuses("entity create ada", "ada");
        shell.refuses("entity create eve --number 7000", "7000");
        shell.says("entity update ada --display-name 'Ada Lovelace' --shell /bin/sh", "updated ada");
        JsonNode ada = shell.json("entity info ada --json");
        assertThat(ada.path("meta").path("display_name").asText()).isEqualTo("Ada Lovelace");
        assertThat(ada.toString()).doesNotContain("secret\":\"", "argon2", SECRET);
        shell.says("auth check ada", SECRET + "\n", "authenticated as ada");
        shell.says("entity lock ada", "locked ada");
        assertThat(shell.json("entity info ada --json").path("locked").asBoolean())
                .isTrue();
        shell.refuses("auth check ada", SECRET + "\n", "Authentication failed.");
        shell.says("entity unlock ada", "unlocked ada");
        shell.says("auth check ada", SECRET + "\n", "authenticated as ada");

        shell.says("entity kv ada UPSERT colour red green", "set colour");
        shell.says("entity kv ada READ colour", "red\ngreen\n");
        shell.says("entity kv ada READ '*'", "colour: red");
        assertThat(shell.json("entity kv ada READ colour --json").toString())
                .isEqualTo("{\"colour\":[\"red\",\"green\"]}");
        shell.says("entity kv ada CLEAREXACT colour", "removed colour");
        shell.refuses("entity kv ada READ colour", "colour");
        shell.refuses("entity kv ada EAT colour", "EAT is none of READ|UPSERT|CLEAREXACT");

        shell.says("entity destroy ada", "destroyed ada");
        shell.refuses("entity destroy ada", "ada");
        shell.refuses("entity info ada", "ada");
    }

    @Test
    public void theTourOfGroups() {
        shell.says("entity create grace", "created grace");
        shell.says("group create crew --display-name 'The crew'", "created crew");
        shell.says("group create captains --managed-by crew", "created captains");
        shell.refuses("group create crew", "crew");
        shell.says("group add crew grace", "added grace to crew");
        assertThat(shell.json("group members crew --json").findValuesAsText("id"))
                .containsExactly("grace");
        shell.says("entity groups grace", "crew\n");
        shell.says("group update crew --display-name 'All of the crew'", "updated crew");
        assertThat(shell.json("group info crew --json").path("display_name").asText())
                .isEqualTo("All of the crew");
        shell.says("group kv crew UPSERT ship Enterprise", "set ship");
        shell.says("group kv crew READ ship", "Enterprise\n");
        shell.says("group drop crew grace", "dropped grace from crew");
        assertThat(shell.json("group members crew --json")).isEmpty();
        shell.refuses("group add crew nobody", "nobody");
        shell.refuses("group add nothing grace", "nothing");
        shell.says("group destroy captains", "destroyed captains");
        shell.says("group destroy crew", "destroyed crew");
        shell.refuses("group info crew", "crew");
    }

    @Test
    public void theTourOfCapabilitiesAndTokens() {
        shell.says("entity create alan --secret-stdin", SECRET + "\n", "created alan");
        shell.says("capability alan ADD CREATE_ENTITY", "alan has: CREATE_ENTITY");
        shell.refuses("capability alan ADD FLY", "There is no capability FLY");
        shell.says("group create makers", "created makers");
        shell.says("capability makers ADD CREATE_GROUP --group", "makers has: CREATE_GROUP");
        assertThat(server.http()
                        .signedInAs("alan", SECRET)
                        .post("/api/v1/entities", Map.of("id", "by-alan"))
                        .status())
                .isEqualTo(201);
        assertThat(shell.out("capability alan DROP CREATE_ENTITY", "").strip()).isEqualTo("alan has:");
        assertThat(server.http()
                        .signedInAs("alan", SECRET)
                        .post("/api/v1/entities", Map.of("id", "by-alan-2"))
                        .status())
                .isEqualTo(403);

        String token = shell.out("auth token alan", SECRET + "\n").strip();
        shell.says("auth validate " + token, "alan");
        assertThat(shell.json("auth validate " + token + " --json").path("id").asText())
                .isEqualTo("alan");
        String spoilt = token.substring(0, token.length() - 4) + (token.endsWith("AAAA") ? "BBBB" : "AAAA");
        shell.refuses("auth validate " + spoilt, "The token is not valid.");
        shell.refuses("auth validate x", "The token is not valid.");
        String key = shell.out("auth rotate-keys", "");
        assertThat(key).startsWith("signs with key ");
        assertThat(shell.out("auth rotate-keys", "")).isNotEqualTo(key);
        shell.says("auth validate " + token, "alan");
        String fresh = shell.out("auth token alan", SECRET + "\n").strip();
        shell.says("auth validate " + fresh, "alan");

        shell.says("auth change-secret alan", "another secret of alan\n", "changed the secret of alan");
        assertThat(server.http().check("alan", SECRET)).isFalse();
        assertThat(server.http().check("alan", "another secret of alan")).isTrue();
        shell.refuses("auth change-secret alan", "No secret was given.");
        assertThat(server.logs()).doesNotContain(SECRET, "another secret of alan", token, fresh);
    }
}
