package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.Test;

public class HttpAddressTest {

    @Test
    public void anAddressIsShownAsAUrl() {
        assertThat(address("127.0.0.1", "8080").url()).isEqualTo("http://127.0.0.1:8080");
        assertThat(address("::1", "8080").url()).isEqualTo("http://[::1]:8080");
        assertThat(address("localhost", "8080").url()).isEqualTo("http://localhost:8080");
        assertThat(address("0.0.0.0", "80").url()).isEqualTo("http://localhost:80");
        assertThat(HttpAddress.of("https", "127.0.0.1", "8443").url()).isEqualTo("https://127.0.0.1:8443");
    }

    @Test
    public void onlyLoopbackIsOfThisMachineAlone() {
        assertThat(address("127.0.0.1", "1").isOfThisMachineAlone()).isTrue();
        assertThat(address("::1", "1").isOfThisMachineAlone()).isTrue();
        for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
            assertThat(address(host, "1").isOfThisMachineAlone()).as(host).isFalse();
        }
    }

    @Test
    public void portZeroBecomesAFreePort() {
        assertThat(address("127.0.0.1", "0").port()).isBetween(1, 65535);
    }

    @Test
    public void aPortInUseIsRefused() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertThatThrownBy(() -> address("127.0.0.1", port).refuseIfTaken())
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(port)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    public void whatIsNoPortIsRefused() {
        for (String port : new String[] {"-1", "65536", "http", "8080 ", "+80", "99999999999"}) {
            assertThatThrownBy(() -> address("127.0.0.1", port))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("LATCHKEY_HTTP_PORT");
        }
        assertThatThrownBy(() -> HttpAddress.of("https", "127.0.0.1", "x"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("LATCHKEY_HTTPS_PORT");
    }

    @Test
    public void anUnknownHostIsRefused() {
        assertThatThrownBy(() -> address("no-such-host.invalid", "8080"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    private static HttpAddress address(String host, String port) {
        return HttpAddress.of("http", host, port);
    }
}
