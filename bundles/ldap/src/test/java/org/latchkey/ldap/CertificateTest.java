package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.ldap.TestLdap.ADA;
import static org.latchkey.ldap.TestLdap.SECRET;
import static org.latchkey.ldap.TestLdap.await;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CertificateTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private TestLdap ldap;
    private Path certificate;
    private Path key;
    private SSLContext tls;

    @Before
    public void start() throws Exception {
        certificate = folder.getRoot().toPath().resolve("ldap.crt");
        key = folder.getRoot().toPath().resolve("ldap.key");
        Pem.write(certificate, key, "first");
        tls = new SSLUtil(new TrustAllTrustManager()).createSSLContext();
        ldap = new TestLdap().with("certificate", certificate.toString()).with("key", key.toString());
        ldap.before();
        await(() -> ldap.isListening());
    }

    @After
    public void stop() {
        ldap.after();
    }

    @Test
    public void clientsBeginWithTls() throws LDAPException {
        try (LDAPConnection client = new LDAPConnection(tls.getSocketFactory(), "127.0.0.1", ldap.tlsPort)) {
            client.bind(ADA, SECRET);
            assertThat(whoAmI(client)).isEqualTo("dn:" + ADA);
            assertThat(client.getSSLSession().getProtocol()).startsWith("TLSv1.");
            assertThat(client.getRootDSE().supportsExtendedOperation(StartTLSExtendedRequest.STARTTLS_REQUEST_OID))
                    .isFalse();
        }
    }

    @Test
    public void clientsTurnToTls() throws LDAPException {
        LDAPConnection client = ldap.client();
        assertThat(client.getRootDSE().supportsExtendedOperation(StartTLSExtendedRequest.STARTTLS_REQUEST_OID))
                .isTrue();
        client.processExtendedOperation(new StartTLSExtendedRequest(tls));
        client.bind(ADA, SECRET);
        assertThat(whoAmI(client)).isEqualTo("dn:" + ADA);
        assertThat(client.getSSLSession()).isNotNull();
    }

    @Test
    public void whoWasSignedInBeforeTlsIsNotAfter() throws LDAPException {
        LDAPConnection client = ldap.client(ADA);
        client.processExtendedOperation(new StartTLSExtendedRequest(tls));
        assertThat(whoAmI(client)).isEmpty();
    }

    @Test
    public void attackL17_whatIsSentInTheClearAfterStartTlsIsNotARequest() throws Exception {
        byte[] startTls = {
            0x30,
            0x1d,
            2,
            1,
            1,
            0x77,
            0x18,
            (byte) 0x80,
            0x16,
            '1',
            '.',
            '3',
            '.',
            '6',
            '.',
            '1',
            '.',
            '4',
            '.',
            '1',
            '.',
            '1',
            '4',
            '6',
            '6',
            '.',
            '2',
            '0',
            '0',
            '3',
            '7'
        };
        byte[] whoAmI = {
            0x30,
            0x1e,
            2,
            1,
            2,
            0x77,
            0x19,
            (byte) 0x80,
            0x17,
            '1',
            '.',
            '3',
            '.',
            '6',
            '.',
            '1',
            '.',
            '4',
            '.',
            '1',
            '.',
            '4',
            '2',
            '0',
            '3',
            '.',
            '1',
            '.',
            '1',
            '1',
            '.',
            '3'
        };
        try (Socket socket = new Socket("127.0.0.1", ldap.port)) {
            socket.setSoTimeout(30_000);
            byte[] both = new byte[startTls.length + whoAmI.length];
            System.arraycopy(startTls, 0, both, 0, startTls.length);
            System.arraycopy(whoAmI, 0, both, startTls.length, whoAmI.length);
            OutputStream out = socket.getOutputStream();
            out.write(both);
            out.flush();
            String answers = new String(socket.getInputStream().readAllBytes(), "ISO-8859-1");
            assertThat(answers).as("that TLS begins").contains("1.3.6.1.4.1.1466.20037");
            assertThat(answers.split("\\u0002\\u0001\\u0002\\u0078", -1))
                    .as("no answer to the second")
                    .hasSize(1);
        }
    }

    @Test
    public void afterStartTlsAMessageMayStillNotBeEndless() throws Exception {
        LDAPConnection client = ldap.client();
        client.processExtendedOperation(new StartTLSExtendedRequest(tls));
        assertThatThrownBy(() -> client.bind(ADA, "x".repeat(70_000)))
                .isInstanceOfSatisfying(LDAPException.class, no -> assertThat(no.getResultCode())
                        .isNotEqualTo(ResultCode.INVALID_CREDENTIALS));
        await(() -> !client.isConnected());
    }

    @Test
    public void aNewCertificateIsTakenWithoutARestart() throws Exception {
        assertThat(served()).isEqualTo("CN=first");
        Pem.write(certificate, key, "the second");
        await(() -> served().equals("CN=the second"));
    }

    @Test
    public void aCertificateThatCannotBeUsedDoesNotReplaceOneThatCan() throws Exception {
        Files.copy(key, folder.getRoot().toPath().resolve("kept"));
        Pem.write(certificate, folder.getRoot().toPath().resolve("unused"), "stranger");
        await(() -> ldap.fault().isPresent());
        assertThat(ldap.fault().orElseThrow()).contains("the key does not belong to the certificate");
        assertThat(served()).isEqualTo("CN=first");
        Files.writeString(certificate, "nonsense");
        Files.setLastModifiedTime(certificate, FileTime.fromMillis(0));
        await(() -> !ldap.fault().orElse("").contains("does not belong"));
        assertThat(ldap.fault()).isPresent();
        assertThat(served()).isEqualTo("CN=first");
    }

    @Test
    public void withoutAUsableCertificateNothingListens() throws Exception {
        ldap.stop();
        Files.delete(key);
        ldap.start();
        assertThat(ldap.fault().orElseThrow()).contains("there is no readable file");
        assertThat(ldap.isListening()).isFalse();
        Pem.write(certificate, key, "again");
        await(() -> ldap.isListening() && ldap.fault().isEmpty());
    }

    private String served() {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", ldap.tlsPort)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    private static String whoAmI(LDAPConnection client) throws LDAPException {
        return ((WhoAmIExtendedResult) client.processExtendedOperation(new WhoAmIExtendedRequest()))
                .getAuthorizationID();
    }
}
