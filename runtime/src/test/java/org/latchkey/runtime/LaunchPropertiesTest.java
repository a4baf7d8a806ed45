package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class LaunchPropertiesTest {

    @Test
    public void settingsAndWhatFollowsFromThem() {
        assertThat(properties(Map.of("LATCHKEY_HTTP_PORT", "8181", "LATCHKEY_DATA", "/var/lib/latchkey")))
                .containsEntry("latchkey.version", "0.1.0")
                .containsEntry("latchkey.home", "/opt/latchkey")
                .containsEntry("latchkey.data", "/var/lib/latchkey")
                .containsEntry("latchkey.deploy", "/opt/latchkey/deploy")
                .containsEntry("latchkey.public.url", "http://127.0.0.1:8181")
                .containsEntry("org.apache.felix.http.host", "127.0.0.1")
                .containsEntry("org.osgi.service.http.port", "8181")
                .containsEntry("org.osgi.framework.storage", "/var/lib/latchkey/cache/bundles")
                .containsEntry("felix.fileinstall.dir", "/opt/latchkey/etc");
    }

    @Test
    public void theRealPortStandsEverywhere() {
        Map<String, String> properties = properties(Map.of("LATCHKEY_HTTP_PORT", "0"));
        String port = properties.get("org.osgi.service.http.port");
        assertThat(port).isNotEqualTo("0");
        assertThat(properties)
                .containsEntry("latchkey.http.port", port)
                .containsEntry("latchkey.public.url", "http://127.0.0.1:" + port);
    }

    @Test
    public void thePublicUrlEndsWithoutASlash() {
        assertThat(properties(Map.of("LATCHKEY_PUBLIC_URL", "https://id.example.org/a/")))
                .containsEntry("latchkey.public.url", "https://id.example.org/a");
    }

    @Test
    public void whatIsNoPublicUrlIsRefused() {
        for (String url : new String[] {"id.example.org", "ftp://x", "https://", "https://x/?q", "https://x y"}) {
            assertThatThrownBy(() -> properties(Map.of("LATCHKEY_PUBLIC_URL", url)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("LATCHKEY_PUBLIC_URL");
        }
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        Settings settings = Settings.read(environment, Path.of("/opt/latchkey"));
        return LaunchProperties.of(new Features(List.of(), List.of()), settings, HttpAddress.of(settings), "0.1.0");
    }
}
