package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Row 77: TLS unless the operator insists, and says so. */
public class ListenersTest {

    @Rule
    public final TemporaryFolder home = new TemporaryFolder();

    @Before
    public void etc() throws IOException {
        home.newFolder("etc");
    }

    @Test
    public void loopbackNeedsNoPermission() {
        for (String host : new String[] {"127.0.0.1", "::1", "localhost"}) {
            Listeners listeners = listeners("LATCHKEY_HTTP_HOST", host);
            assertThat(listeners.main().scheme()).isEqualTo("http");
            assertThat(listeners.https()).isEmpty();
            assertThat(listeners.warning()).isEmpty();
        }
    }

    @Test
    public void plainHttpBeyondThisMachineIsRefusedWithOrWithoutHttps() throws IOException {
        certificate();
        for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
            for (String https : new String[] {"off", "8443"}) {
                assertThatThrownBy(() -> listeners("LATCHKEY_HTTP_HOST", host, "LATCHKEY_HTTPS_PORT", https))
                        .isInstanceOf(StartRefused.class)
                        .hasMessageContaining(host)
                        .hasMessageContaining("LATCHKEY_INSECURE_HTTP=true");
            }
        }
    }

    @Test
    public void theOperatorMayAllowItAndIsWarned() {
        Listeners listeners = listeners("LATCHKEY_HTTP_HOST", "192.0.2.1", "LATCHKEY_INSECURE_HTTP", "true");
        assertThat(listeners.urls()).isEqualTo("http://192.0.2.1:8080");
        assertThat(listeners.warning().orElseThrow()).contains("WARNING", "192.0.2.1", "in the clear");
    }

    @Test
    public void httpsMayListenAnywhere() throws IOException {
        certificate();
        Listeners both = listeners("LATCHKEY_HTTPS_HOST", "0.0.0.0", "LATCHKEY_HTTPS_PORT", "8443");
        assertThat(both.urls()).isEqualTo("https://localhost:8443 and http://127.0.0.1:8080");
        assertThat(both.warning()).isEmpty();
        Listeners alone =
                listeners("LATCHKEY_HTTP_HOST", "192.0.2.1", "LATCHKEY_HTTP_PORT", "off", "LATCHKEY_HTTPS_PORT", "443");
        assertThat(alone.urls()).isEqualTo("https://192.0.2.1:443");
        assertThat(alone.http()).isEmpty();
    }

    @Test
    public void httpsWithoutACertificateIsRefused() {
        assertThatThrownBy(() -> listeners("LATCHKEY_HTTPS_PORT", "8443"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("tls.crt")
                .hasMessageContaining("LATCHKEY_TLS_CERTIFICATE");
    }

    @Test
    public void toListenNowhereIsRefused() {
        assertThatThrownBy(() -> listeners("LATCHKEY_HTTP_PORT", "off"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("nobody could reach it");
    }

    @Test
    public void thePortForCertificatesStandsBesideHttps() throws IOException {
        certificate();
        Listeners both = listeners("LATCHKEY_HTTPS_PORT", "8443", "LATCHKEY_MTLS_PORT", "8444");
        assertThat(both.mutual().orElseThrow().url()).isEqualTo("https://127.0.0.1:8444");
        assertThat(both.main().port()).isEqualTo(8443);
        assertThatThrownBy(() -> listeners("LATCHKEY_MTLS_PORT", "8444"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("LATCHKEY_HTTPS_PORT is off");
        assertThatThrownBy(() -> listeners("LATCHKEY_HTTPS_PORT", "8443", "LATCHKEY_MTLS_PORT", "x"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("LATCHKEY_MTLS_PORT");
    }

    private void certificate() throws IOException {
        home.newFile("etc/tls.crt");
        home.newFile("etc/tls.key");
    }

    private Listeners listeners(String... settings) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return Listeners.of(Settings.read(environment, home.getRoot().toPath()));
    }
}
