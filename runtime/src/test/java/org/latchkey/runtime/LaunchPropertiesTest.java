package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LaunchPropertiesTest {

    @Rule
    public final TemporaryFolder files = new TemporaryFolder();

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
    public void withoutHttpsNothingOfItIsThere() {
        assertThat(properties(Map.of()).keySet()).noneMatch(name -> name.startsWith("latchkey.https."));
    }

    @Test
    public void wherePlainHttpIsOffItsTemplateIsOfThisMachine() throws IOException {
        Map<String, String> properties = properties(Map.of(
                "LATCHKEY_HTTP_HOST", "0.0.0.0",
                "LATCHKEY_HTTP_PORT", "off",
                "LATCHKEY_HTTPS_PORT", "8443",
                "LATCHKEY_TLS_CERTIFICATE", files.newFile("tls.crt").toString(),
                "LATCHKEY_TLS_KEY", files.newFile("tls.key").toString()));
        assertThat(properties)
                .containsEntry("org.apache.felix.http.host", "127.0.0.1")
                .containsEntry("latchkey.http.off", "true")
                .containsEntry("latchkey.https.host", "0.0.0.0")
                .containsEntry("latchkey.https.port", "8443")
                .containsEntry("latchkey.public.url", "https://localhost:8443");
    }

    @Test
    public void clientsWithCertificatesGoToThePublicHostAtThatPort() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LATCHKEY_PUBLIC_URL", "https://[::1]:9443/a",
                "LATCHKEY_HTTPS_PORT", "8443",
                "LATCHKEY_MTLS_PORT", "8444",
                "LATCHKEY_TLS_CERTIFICATE", files.newFile("m.crt").toString(),
                "LATCHKEY_TLS_KEY", files.newFile("m.key").toString()));
        assertThat(properties(settings))
                .containsEntry("latchkey.mtls.port", "8444")
                .containsEntry("latchkey.mtls.url", "https://[::1]:8444/a");
        settings.put("LATCHKEY_PUBLIC_URL", "https://id.example.org");
        assertThat(properties(settings)).containsEntry("latchkey.mtls.url", "https://id.example.org:8444");
        settings.put("LATCHKEY_MTLS_URL", "https://mtls.example.org/");
        assertThat(properties(settings)).containsEntry("latchkey.mtls.url", "https://mtls.example.org");
        settings.put("LATCHKEY_MTLS_URL", "http://mtls.example.org/");
        assertThatThrownBy(() -> properties(settings)).isInstanceOf(StartRefused.class);
        assertThat(properties(Map.of())).doesNotContainKey("latchkey.mtls.port");
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
        return LaunchProperties.of(new Features(List.of(), List.of()), settings, Listeners.of(settings), "0.1.0");
    }
}
