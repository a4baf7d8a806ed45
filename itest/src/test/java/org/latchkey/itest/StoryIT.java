package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** The main job, as the first page of the README tells it. */
public class StoryIT {

    @Rule
    public final Server server = new Server();

    @Test
    public void aPolicyIsAddedAtNoonAndTakenOutAgain() throws Exception {
        tell(server);
    }

    static void tell(Server server) throws Exception {
        long process = server.pid();
        assertThat(server.output()).contains(server.rootSecret());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.data().resolve("root-secret"))))
                .isEqualTo("rw-------");

        Http root = server.root();
        assertThat(root.post("/api/v1/entities", Map.of("id", "alice", "secret", "correct horse battery"))
                        .status())
                .isEqualTo(201);
        assertThat(root.post("/api/v1/groups", Map.of("name", "staff")).status())
                .isEqualTo(201);
        assertThat(root.send("PUT", "/api/v1/groups/staff/members/alice").status())
                .isEqualTo(204);
        assertThat(root.get("/api/v1/groups/staff/members").body()).contains("alice");
        assertThat(server.http().check("alice", "correct horse battery")).isTrue();

        Path jar = server.deploy(Server.shipped("org.latchkey.hook.fail2lock"));
        await(1, () -> root.serves("org.latchkey.hook.fail2lock"));
        for (int i = 0; i < 3; i++) {
            assertThat(server.http().check("alice", "wrong")).isFalse();
        }
        assertThat(server.http().check("alice", "correct horse battery")).isFalse();

        server.undeploy(jar);
        await(1, () -> !root.serves("org.latchkey.hook.fail2lock"));
        assertThat(server.http().check("alice", "correct horse battery")).isTrue();
        assertThat(server.isAlive()).isTrue();
        assertThat(server.pid()).isEqualTo(process);
        assertThat(server.logs()).doesNotContain(server.rootSecret());
    }
}
