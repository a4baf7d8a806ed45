package org.latchkey.auth.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.Test;

public class NameSourceTest {

    /** Of two common names, one of which has a comma and an equals sign in it, and two e-mail addresses. */
    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIChzCCAi2gAwIBAgIUPyUsH56zz1BS3x6XoeEDmS0eOpowCgYIKoZIzj0EAwIw
            eTELMAkGA1UEBhMCREUxEzARBgoJkiaJk/IsZAEBDANhZGExFDASBgNVBAMMC2V2
            ZSxDTj1yb290MRIwEAYDVQQDDAlBZGEgQnlyb24xCzAJBgNVBAUTAjQyMR4wHAYJ
            KoZIhvcNAQkBFg9hZGFAZXhhbXBsZS5vcmcwIBcNMjYxMTI2MjIxMzQzWhgPMjEy
            NjExMDIyMjEzNDNaMHkxCzAJBgNVBAYTAkRFMRMwEQYKCZImiZPyLGQBAQwDYWRh
            MRQwEgYDVQQDDAtldmUsQ049cm9vdDESMBAGA1UEAwwJQWRhIEJ5cm9uMQswCQYD
            VQQFEwI0MjEeMBwGCSqGSIb3DQEJARYPYWRhQGV4YW1wbGUub3JnMFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEuv5nKh3hFKKSRYzmKzRYZKdmxQ8qqzxt5yP4GSY7
            MqlzN8vyiZghJhWG9lCD0uIcUb55Tz/+e9+MnKKjaOm/IaOBkDCBjTAdBgNVHQ4E
            FgQUS22Wb48unFIxlp6J7wTwQ56KAJIwHwYDVR0jBBgwFoAUS22Wb48unFIxlp6J
            7wTwQ56KAJIwDwYDVR0TAQH/BAUwAwEB/zA6BgNVHREEMzAxgQ9hZGFAZXhhbXBs
            ZS5vcmeBD2FkYUBleGFtcGxlLm5ldIINeC5leGFtcGxlLm9yZzAKBggqhkjOPQQD
            AgNIADBFAiEA/y598VcRYq2thyJakGgtPfqaVbJtP6muWeDL6+toKEoCIBdl/DhL
            Eip1fGmdSAMSsTMlGbWi/3zUct6kfYsExvl1
            -----END CERTIFICATE-----
            """;

    private static X509Certificate certificate() throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(PEM.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    public void eachNameIsFoundWhereItStands() throws CertificateException {
        assertThat(NameSource.SUBJECT_UID.values(certificate())).containsExactly("ada");
        assertThat(NameSource.SUBJECT_SERIALNUMBER.values(certificate())).containsExactly("42");
        assertThat(NameSource.SUBJECT_EMAIL.values(certificate())).containsExactly("ada@example.org");
        assertThat(NameSource.SAN_EMAIL.values(certificate())).containsExactly("ada@example.org", "ada@example.net");
    }

    @Test
    public void aNameInsideANameIsNone() throws CertificateException {
        assertThat(NameSource.SUBJECT_CN.values(certificate()))
                .containsExactlyInAnyOrder("eve,CN=root", "Ada Byron")
                .doesNotContain("root");
    }
}
