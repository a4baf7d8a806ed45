package org.latchkey.oauth.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.Test;

public class DistinguishedNameTest {

    private static final X500Principal SUBJECT = new X500Principal("CN=app,O=Example\\, Ltd,C=DE");

    @Test
    public void rfc8705_2_1_2_howItIsWrittenDoesNotCount() {
        for (String same : List.of(
                "CN=app,O=Example\\, Ltd,C=DE",
                "cn=APP, o=\"example, ltd\" , c=de",
                "CN=a\\70p,O=Example\\2C  Ltd,C=DE",
                "2.5.4.3=app,O=Example\\, Ltd,C=DE")) {
            assertThat(DistinguishedName.isSame(same, SUBJECT)).as(same).isTrue();
        }
    }

    @Test
    public void o24_anotherNameIsAnotherName() {
        for (String other : List.of(
                "C=DE,O=Example\\, Ltd,CN=app",
                "CN=app,O=Example\\, Ltd",
                "CN=app,O=Example,O=Ltd,C=DE",
                "CN=app+O=Example\\, Ltd,C=DE",
                "CN=*,O=Example\\, Ltd,C=DE",
                "CN=app\\,O\\=Example\\, Ltd,C=DE",
                "")) {
            assertThat(DistinguishedName.isSame(other, SUBJECT)).as(other).isFalse();
        }
    }

    /** 2.5.4.97 as UTF8String, as openssl writes it, though it would fit a PrintableString. */
    @Test
    public void theKindOfStringDoesNotCountInNamesOfBanksEither() {
        byte[] value = "PSDDE-1".getBytes(StandardCharsets.US_ASCII);
        String hex = HexFormat.of().formatHex(value);
        byte[] name = HexFormat.of().parseHex("3012" + "3110" + "300e" + "0603550461" + "0c07" + hex);
        assertThat(DistinguishedName.isSame("organizationIdentifier=PSDDE-1", new X500Principal(name)))
                .isTrue();
        assertThat(DistinguishedName.isSame("organizationIdentifier=PSDDE-2", new X500Principal(name)))
                .isFalse();
    }

    @Test
    public void whatIsNoNameIsSeen() {
        assertThat(DistinguishedName.parsed("no name")).isEmpty();
        assertThat(CertificateName.SUBJECT_DN.fault("CN=x")).isEmpty();
        assertThat(CertificateName.SAN_IP.fault("::1")).isEmpty();
        assertThat(CertificateName.SAN_IP.fault("localhost")).isPresent();
        assertThat(CertificateName.SAN_DNS.fault("*.example.org")).isPresent();
        assertThat(CertificateName.SAN_URI.fault("relative")).isPresent();
        assertThat(CertificateName.SAN_EMAIL.fault("nobody")).isPresent();
    }
}
