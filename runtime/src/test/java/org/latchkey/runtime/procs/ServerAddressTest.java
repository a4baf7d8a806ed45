package org.latchkey.runtime.procs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

public class ServerAddressTest {

    private static String of(String host) {
        return ServerAddress.of(host).toString();
    }

    @Test
    public void credentialsGoInTheClearToThisMachineAlone() {
        assertThat(of("localhost:8080/procs")).isEqualTo("http://localhost:8080/procs");
        assertThat(of("127.0.0.1:8080/procs/")).isEqualTo("http://127.0.0.1:8080/procs");
        assertThat(of("[::1]:8080/procs")).isEqualTo("http://[::1]:8080/procs");
        assertThat(of("procs.example.org/procs")).isEqualTo("https://procs.example.org/procs");
        assertThat(of("127.0.0.1.example.org/procs")).isEqualTo("https://127.0.0.1.example.org/procs");
        assertThat(of("localhost.example.org")).isEqualTo("https://localhost.example.org");
    }

    @Test
    public void aSchemeThatIsWrittenOutStays() {
        assertThat(of("http://procs.example.org")).isEqualTo("http://procs.example.org");
        assertThat(of("https://localhost:8443/procs")).isEqualTo("https://localhost:8443/procs");
        assertThat(ServerAddress.isOpenToRead(ServerAddress.of("http://procs.example.org")))
                .isTrue();
        assertThat(ServerAddress.isOpenToRead(ServerAddress.of("http://localhost")))
                .isFalse();
        assertThat(ServerAddress.isOpenToRead(ServerAddress.of("procs.example.org")))
                .isFalse();
    }

    @Test
    public void anythingElseIsRefused() {
        for (String host :
                List.of("ftp://x", "a b", "u:p@x", "x/procs?a=b", "x#y", "https://", "/procs", "file:///etc")) {
            assertThatThrownBy(() -> ServerAddress.of(host)).as(host).isInstanceOf(ClientFailure.class);
        }
    }
}
