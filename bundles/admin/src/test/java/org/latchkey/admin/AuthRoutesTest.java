package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.Test;

public class AuthRoutesTest {

    private final TestApi api = new TestApi();

    private static String signIn(String id, String secret) {
        return "{\"id\":\"" + id + "\",\"secret\":\"" + secret + "\"}";
    }

    @Test
    public void aRightSecretIsAcknowledged() throws IOException {
        TestApi.Reply reply = api.anonymously("POST", "/auth/check", signIn("nobody", "secret-nobody"));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.text()).isEmpty();
    }

    @Test
    public void l01_unknownAndWrongLookTheSame() throws IOException {
        for (String path : new String[] {"/auth/check", "/auth/token"}) {
            TestApi.Reply wrong = api.anonymously("POST", path, signIn("root", "guess"));
            TestApi.Reply unknown = api.anonymously("POST", path, signIn("unknown", "guess"));
            TestApi.Reply nonsense = api.anonymously("POST", path, signIn("../../", ""));
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong).isEqualTo(unknown).isEqualTo(nonsense);
        }
    }

    @Test
    public void row69_aSignInGivesAToken() throws IOException {
        TestApi.Reply reply = api.anonymously("POST", "/auth/token", signIn("root", "secret-root"));
        assertThat(reply.text()).isEqualTo("{\"token\":\"token-root\",\"expires_at\":\"2026-01-01T00:10:00Z\"}");
    }

    @Test
    public void theAttemptSaysWhereItComesFrom() throws IOException {
        api.anonymously("POST", "/auth/check", signIn("root", "secret-root"));
        assertThat(api.auth.caller).hasValueSatisfying(caller -> {
            assertThat(caller.id()).isEqualTo("anonymous");
            assertThat(caller.capabilities()).isEmpty();
            assertThat(caller.address()).isEqualTo("192.0.2.1");
            assertThat(caller.requestId()).isEqualTo("request1");
            assertThat(caller.forwarded()).isFalse();
        });
        for (String header : new String[] {"Forwarded", "X-Forwarded-For", "x-real-ip", "Via"}) {
            api.send(FakeRequest.of("POST", "/v1/auth/check")
                    .withBody("application/json", signIn("root", "x"))
                    .withHeader(header, "127.0.0.1"));
            assertThat(api.auth.caller.orElseThrow().forwarded()).as(header).isTrue();
        }
    }

    @Test
    public void row70_aTokenTellsWhoseItIs() throws IOException {
        TestApi.Reply reply = api.anonymously("POST", "/auth/validate", "{\"token\":\"token-root\"}");
        assertThat(reply.text())
                .isEqualTo("{\"id\":\"root\",\"source\":\"directory\",\"groups\":[\"staff\"],"
                        + "\"capabilities\":[\"GLOBAL_ROOT\"]}");
        assertThat(api.anonymously("POST", "/auth/validate", "{\"token\":\"forged\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    public void groupsAreAskedForIfGiven() throws IOException {
        String token = "{\"token\":\"token-root\",\"groups\":";
        assertThat(api.anonymously("POST", "/auth/validate", token + "[\"staff\",\"x\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(api.anonymously("POST", "/auth/validate", token + "[\"x\"]}").status())
                .isEqualTo(403);
        assertThat(api.anonymously("POST", "/auth/validate", token + "[]}").status())
                .isEqualTo(200);
        assertThat(api.anonymously("POST", "/auth/validate", "{\"token\":\"x\",\"groups\":[\"x\"]}")
                        .status())
                .isEqualTo(401);
    }
}
