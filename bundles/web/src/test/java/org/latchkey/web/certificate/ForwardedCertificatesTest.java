package org.latchkey.web.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ForwardedCertificatesTest {

    private static List<X509Certificate> in(Map<String, List<String>> fields) {
        return ForwardedCertificates.from(List.of("192.0.2.1"), "Client-Cert")
                .in(name -> Collections.enumeration(fields.getOrDefault(name, List.of())));
    }

    private static List<X509Certificate> in(String value) {
        return in(Map.of("Client-Cert", List.of(value)));
    }

    @Test
    public void everyWayToWriteItIsRead() throws Exception {
        TestAuthority root = TestAuthority.root("CN=Root");
        X509Certificate own = root.certificate();
        String base64 = Base64.getEncoder().encodeToString(own.getEncoded());
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(own.getEncoded());
        String pem = "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        assertThat(in(":" + base64 + ":")).containsExactly(own);
        assertThat(in(base64)).containsExactly(own);
        assertThat(in(pem.replace('\n', ' '))).as("Apache").containsExactly(own);
        assertThat(in(URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20")))
                .as("nginx")
                .containsExactly(own);
        String between = Base64.getEncoder()
                .encodeToString(root.below("CN=Between").certificate().getEncoded());
        assertThat(in(Map.of(
                        "Client-Cert", List.of(":" + base64 + ":"), "Client-Cert-Chain", List.of(":" + between + ":"))))
                .hasSize(2);
    }

    @Test
    public void o24_whatIsThereTwiceOrMalformedIsNone() throws Exception {
        String good = ":"
                + Base64.getEncoder()
                        .encodeToString(
                                TestAuthority.root("CN=Root").certificate().getEncoded()) + ":";
        assertThat(in(Map.of("Client-Cert", List.of(good, good)))).isEmpty();
        assertThat(in(good + ", " + good)).isEmpty();
        for (String each : List.of("", ":AAAA:", "%", "%zz", "nginx", "-----BEGIN CERTIFICATE-----")) {
            assertThat(in(each)).as(each).isEmpty();
        }
    }

    @Test
    public void o24_onlyTheAddressesThatAreNamedAreProxies() {
        ForwardedCertificates forwarded = ForwardedCertificates.from(List.of("192.0.2.1", "::1"), "Client-Cert");
        assertThat(forwarded.isProxy("192.0.2.1")).isTrue();
        assertThat(forwarded.isProxy("0:0:0:0:0:0:0:1")).isTrue();
        assertThat(forwarded.isProxy("[::1]")).isTrue();
        assertThat(forwarded.isProxy("192.0.2.10")).isFalse();
        assertThat(forwarded.isProxy("127.0.0.1")).isFalse();
        assertThat(forwarded.isProxy("proxy.example.org")).isFalse();
        assertThatThrownBy(() -> ForwardedCertificates.from(List.of("localhost"), "Client-Cert"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("localhost is not an IP address");
    }
}
