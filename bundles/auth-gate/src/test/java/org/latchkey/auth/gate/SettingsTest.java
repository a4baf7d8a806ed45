package org.latchkey.auth.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.Test;

public class SettingsTest {

    @Test
    public void row98TheDefaultsAreThoseOfProctorsPluginExceptTheHost() {
        Settings settings = Configured.settings(Map.of());
        assertThat(settings.profile()).hasToString("https://gate.example.org/api/v1/users/profile");
        assertThat(settings.mode()).isEqualTo(Settings.Mode.ANY);
        assertThat(settings.strict()).isTrue();
        assertThat(settings.limit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.kept()).isZero();
        assertThat(settings.authorities()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configured.settings(Map.of("host", " ")))
                .withMessageContaining("host must name");
    }

    @Test
    public void row98ProtocolHostAndPathMakeTheUrl() {
        Settings settings = Configured.settings(
                Map.of("protocol", "http", "host", "127.0.0.1:8081", "profilePath", "/v1/me", "caFile", "gate.pem"));
        assertThat(settings.profile()).hasToString("http://127.0.0.1:8081/v1/me");
        assertThat(settings.isPlain()).isTrue();
        assertThat(settings.authorities()).contains(Path.of("/etc/latchkey/gate.pem"));
    }

    @Test
    public void whatMakesNoSenseIsRefusedWithItsName() {
        refused("protocol", "ftp");
        refused("host", "user@gate.example.org");
        refused("host", "gate.example.org/other");
        refused("host", "gate example");
        refused("profilePath", "");
        refused("profilePath", "profile?admin=1");
        refused("mode", "most");
        refused("mode", "ANY");
        refused("tokenIn", "cookie");
        refused("timeoutMillis", 50);
        refused("timeoutMillis", 9000);
        refused("cacheSeconds", -1);
        refused("cacheSeconds", 301);
    }

    private static void refused(String name, Object value) {
        assertThatIllegalArgumentException()
                .as("%s=%s", name, value)
                .isThrownBy(() -> Configured.settings(Map.of(name, value)))
                .withMessageContaining(name);
    }
}
