package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.Test;

public class HttpAddressTest {

    @Test
    public void loopbackNeedsNoPermission() {
        assertThat(address("127.0.0.1", "8080", "").url()).isEqualTo("http://127.0.0.1:8080");
        assertThat(address("::1", "8080", "").url()).isEqualTo("http://[::1]:8080");
        assertThat(address("localhost", "8080", "false").url()).isEqualTo("http://localhost:8080");
    }

    @Test
    public void plainHttpBeyondThisMachineIsRefused() {
        for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
            assertThatThrownBy(() -> address(host, "8080", "no"))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(host)
                    .hasMessageContaining("LATCHKEY_INSECURE_HTTP=true");
        }
    }

    @Test
    public void theOperatorMayAllowIt() {
        assertThat(address("192.0.2.1", "80", "true").url()).isEqualTo("http://192.0.2.1:80");
        assertThat(address("0.0.0.0", "80", "true").url()).isEqualTo("http://localhost:80");
    }

    @Test
    public void portZeroBecomesAFreePort() {
        assertThat(address("127.0.0.1", "0", "").port()).isBetween(1, 65535);
    }

    @Test
    public void aPortInUseIsRefused() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertThatThrownBy(() -> address("127.0.0.1", port, "").refuseIfTaken())
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(port)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    public void whatIsNoPortIsRefused() {
        for (String port : new String[] {"-1", "65536", "http", "8080 ", "+80", "99999999999"}) {
            assertThatThrownBy(() -> address("127.0.0.1", port, ""))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("LATCHKEY_HTTP_PORT");
        }
    }

    @Test
    public void anUnknownHostIsRefused() {
        assertThatThrownBy(() -> address("no-such-host.invalid", "8080", ""))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    private static HttpAddress address(String host, String port, String insecure) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LATCHKEY_HTTP_HOST", host);
        environment.put("LATCHKEY_HTTP_PORT", port);
        environment.put("LATCHKEY_INSECURE_HTTP", insecure);
        return HttpAddress.of(Settings.read(environment, Path.of("/opt/latchkey")));
    }
}
