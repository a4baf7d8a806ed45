package org.latchkey.grant.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

public class DeviceGrantTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final DeviceGrant grant = new DeviceGrant(
            null,
            new FakeSessions(),
            null,
            new DeviceCodes(new MemoryStore(), clock),
            new Guesses(10, 50, 600, clock),
            new Limit(3, Duration.ofMinutes(1), clock),
            new DeviceGrant.Patience(Duration.ofMinutes(10), Duration.ofSeconds(5)),
            clock);

    private Response ask(String method) throws Exception {
        return grant.handle(
                        Asked.INSTANCE,
                        new Asked(method, "/device_authorization", Map.of("scope", List.of("openid read"))))
                .orElseThrow();
    }

    @Test
    public void rfc8628_3_2_theAnswerSaysWhatToShowAndWhereToGo() throws Exception {
        Response answer = ask("POST");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        JsonNode json = new ObjectMapper().readTree(answer.body());
        String shown = json.path("user_code").asText();
        assertThat(json.path("verification_uri").asText()).isEqualTo("https://id.example.org/oidc/device");
        assertThat(json.path("verification_uri_complete").asText())
                .isEqualTo("https://id.example.org/oidc/device?user_code=" + shown);
        assertThat(json.path("expires_in").asInt()).isEqualTo(600);
        assertThat(json.path("interval").asInt()).isEqualTo(5);
        assertThat(catchThrowableOfType(
                                Refusal.class,
                                () -> grant.grant(
                                        Asked.poll(json.path("device_code").asText())))
                        .code())
                .isEqualTo("authorization_pending");
        assertThat(grant.metadata("https://id.example.org/oidc"))
                .containsExactly(
                        Map.entry("device_authorization_endpoint", "https://id.example.org/oidc/device_authorization"));
    }

    @Test
    public void oneAddressAsksForFewCodesAMinute() throws Exception {
        for (int i = 0; i < 3; i++) {
            ask("POST");
        }
        assertThat(catchThrowableOfType(Refusal.class, () -> ask("POST")).kind())
                .isEqualTo(Refusal.Kind.TOO_MANY);
        clock.advance(Duration.ofSeconds(61));
        assertThat(ask("POST").status()).isEqualTo(200);
    }

    @Test
    public void onlyItsOwnPathsAreItsOwn() throws Exception {
        assertThat(ask("GET").status()).isEqualTo(405);
        assertThat(grant.handle(Asked.INSTANCE, new Asked("POST", "/other", Map.of())))
                .isEmpty();
        assertThat(grant.handle(Asked.INSTANCE, new Asked("GET", "/device/other", Map.of())))
                .isEmpty();
    }

    @Test
    public void everySettingIsInTheDocumentationWithItsDefault() throws Exception {
        String page = Files.readString(Path.of("../oauth/docs/grants.md"));
        for (Method setting : DeviceGrant.Config.class.getDeclaredMethods()) {
            assertThat(page).contains("| `" + setting.getName() + "` | " + setting.getDefaultValue() + " |");
        }
    }
}
