package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Row 78: a server on a database that it only reads. */
public class ReplicaIT {

    private static final String SECRET = "correct horse battery";

    @ClassRule
    public static final Server server = new Server();

    @Test
    public void aReplicaRefusesEveryChangeAndSignsPeopleInWithoutWriting() throws IOException {
        Path hook = server.deploy(Server.shipped("org.latchkey.hook.fail2lock"));
        Server.await(10, () -> server.root().serves("org.latchkey.hook.fail2lock"));
        Http primary = server.root();
        primary.post("/api/v1/entities", Map.of("id", "ann", "secret", SECRET));
        primary.post("/api/v1/groups", Map.of("name", "team", "managed_by", "team"));
        primary.send("PUT", "/api/v1/groups/team/members/ann");
        String before = primary.get("/api/v1/export").body();
        server.stop();

        server.with("LATCHKEY_READONLY", "true");
        server.start();
        Http root = server.root();
        Http ann = server.http().signedInAs("ann", SECRET);
        for (Http each : List.of(root, ann)) {
            Http.Answer refused = each.send("DELETE", "/api/v1/groups/team/members/ann");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("code").asText()).isEqualTo("read-only");
        }
        assertThat(root.post("/api/v1/entities", Map.of("id", "bob")).status()).isEqualTo(503);
        assertThat(server.shell("entity lock ann").exitCode()).isEqualTo(1);
        assertThat(root.get("/api/v1/entities/ann/groups").body()).contains("team");
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);

        for (int i = 0; i < 3; i++) {
            assertThat(check("wrong")).isEqualTo(401);
        }
        assertThat(check(SECRET)).as("fail2lock counts here too").isEqualTo(401);
        assertThat(root.get("/api/v1/export").body()).isEqualTo(before);
        server.stop();

        server.with("LATCHKEY_READONLY", "false");
        server.start();
        assertThat(server.root().get("/api/v1/export").body()).isEqualTo(before);
        assertThat(check(SECRET)).as("what a replica counted is its own").isEqualTo(204);
        assertThat(server.root().post("/api/v1/entities", Map.of("id", "bob")).status())
                .isEqualTo(201);
        Files.delete(hook);
    }

    private static int check(String secret) {
        return server.http()
                .post("/api/v1/auth/check", Map.of("id", "ann", "secret", secret))
                .status();
    }
}
