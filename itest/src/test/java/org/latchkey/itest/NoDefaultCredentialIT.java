package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Attack case A-03: nobody gets in with what everybody knows. */
public class NoDefaultCredentialIT {

    @Rule
    public final Server server = new Server();

    @Test
    public void a03_thereIsNoDefaultCredential() {
        for (String secret : List.of("", "admin", "root", "latchkey", "password")) {
            assertThat(check("root", secret)).as(secret).isEqualTo(401);
        }
        for (String id : List.of("admin", "administrator", "latchkey", "")) {
            assertThat(check(id, id)).as(id).isEqualTo(401);
        }
        assertThat(server.http().check("root", server.rootSecret())).isTrue();
    }

    @Test
    public void a03_theSecretIsRandomKeptForItsOwnerAndToldOnce() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.data().resolve("root-secret"))))
                .isEqualTo("rw-------");
        String secret = server.rootSecret();
        assertThat(secret).matches("[A-Za-z0-9_-]{20,}");
        server.stop();
        server.start();
        assertThat(server.rootSecret()).isEqualTo(secret);
        assertThat(server.output().split(secret, -1)).as("told once").hasSize(2);
        assertThat(server.logs()).doesNotContain(secret);
        assertThat(server.http().check("root", secret)).isTrue();
    }

    @Test
    public void a03_afterTenFailuresInAMinuteTheRightSecretIsRefusedTooAndTokensStay() {
        Http root = server.root();
        for (int i = 0; i < 10; i++) {
            assertThat(check("root", "guess " + i)).isEqualTo(401);
        }
        assertThat(check("root", server.rootSecret())).isEqualTo(401);
        assertThat(root.get("/api/v1/plugins").status()).isEqualTo(200);
    }

    @Test
    public void whoeverMayChangeSecretsMayNotTakeOverRoot() {
        Http root = server.root();
        root.post("/api/v1/entities", Map.of("id", "helpdesk", "secret", "correct horse battery"));
        root.send("PUT", "/api/v1/entities/helpdesk/capabilities/CHANGE_ENTITY_SECRET");
        Http helpdesk = server.http().signedInAs("helpdesk", "correct horse battery");
        assertThat(helpdesk.put("/api/v1/entities/root/secret", Map.of("secret", "taken over by somebody"))
                        .status())
                .isEqualTo(403);
        assertThat(check("root", "taken over by somebody")).isEqualTo(401);
        assertThat(check("root", server.rootSecret())).isEqualTo(204);
    }

    private int check(String id, String secret) {
        return server.http()
                .post("/api/v1/auth/check", Map.of("id", id, "secret", secret))
                .status();
    }
}
