package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.Test;

public class TlsIdentityTest {

    @Test
    public void ecAndRsaAreRead() throws Exception {
        for (Pem pem : new Pem[] {Pem.ec(), Pem.make("RSA", 2048)}) {
            TlsIdentity identity = TlsIdentity.parse(pem.certificate(), pem.key());
            assertThat(identity.chain()).hasSize(1);
            assertThat(identity.store("x").isKeyEntry("server")).isTrue();
            assertThat(identity.toString()).isEqualTo("TlsIdentity[CN=localhost]");
        }
    }

    @Test
    public void theChainBeginsWithTheServersOwn() throws Exception {
        Pem server = Pem.ec();
        ByteArrayOutputStream chain = new ByteArrayOutputStream();
        chain.write(server.certificate());
        chain.write(Pem.ec().certificate());
        TlsIdentity identity = TlsIdentity.parse(chain.toByteArray(), server.key());
        assertThat(identity.chain()).hasSize(2);
        assertThat(identity.certificate())
                .isEqualTo(TlsIdentity.parse(server.certificate(), server.key()).certificate());
    }

    @Test
    public void whatDoesNotBelongTogetherIsRefused() throws Exception {
        Pem one = Pem.ec();
        Pem rsa = Pem.make("RSA", 2048);
        refused(one.certificate(), Pem.ec().key(), "the key is not that of the certificate");
        refused(one.certificate(), rsa.key(), "the private key is damaged or not of the kind of the certificate");
        refused(rsa.certificate(), one.key(), "the private key is damaged or not of the kind of the certificate");
    }

    @Test
    public void whatCannotBeReadIsRefused() throws Exception {
        Pem pem = Pem.ec();
        byte[] nothing = {};
        byte[] half = Arrays.copyOf(pem.certificate(), pem.certificate().length / 2);
        refused(nothing, pem.key(), "certificate");
        refused(half, pem.key(), "the certificate file is not to be read as PEM");
        refused(pem.certificate(), nothing, "there is no private key in the key file");
        refused(pem.certificate(), Pem.pem("PRIVATE KEY", new byte[] {1, 2, 3}), "the private key is damaged");
        for (String old : new String[] {"ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"}) {
            refused(pem.certificate(), Pem.pem(old, new byte[] {1}), "openssl pkcs8 -topk8");
        }
    }

    @Test
    public void whatJavaWouldNotUseIsRefused() throws Exception {
        Pem weak = Pem.make("RSA", 1024);
        refused(weak.certificate(), weak.key(), "an RSA key has at least 2048 bits");
        Pem dsa = Pem.make("DSA", 2048);
        refused(dsa.certificate(), dsa.key(), "a certificate of kind RSA or EC is needed");
    }

    private static void refused(byte[] certificate, byte[] key, String reason) {
        assertThatThrownBy(() -> TlsIdentity.parse(certificate, key))
                .isInstanceOf(TlsIdentity.Unusable.class)
                .hasMessageContaining(reason)
                .hasNoCause();
    }
}
