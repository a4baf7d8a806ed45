package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Attack cases L-17 and L-19: people who are in an LDAP directory sign in with the distribution. */
public class AuthLdapIT {

    @Rule
    public final Server server = new Server();

    private static final String PLUGIN = "org.latchkey.auth.ldap";
    private static final String PID = "latchkey.auth.ldap-campus";
    private static final String BASE = "dc=example,dc=org";
    private static final String SECRET = "correct horse battery";
    private static final String SEARCHER_SECRET = "staple of the searcher";
    private static final char[] IN_MEMORY = "in memory".toCharArray();
    private static final long DAY = 86_400_000;

    private InMemoryDirectoryServer directory;
    private Http root;

    @Before
    public void startTheDirectoryAndDeploy() throws Exception {
        directory = directory();
        root = server.root();
        configure();
        server.deploy(Server.shipped(PLUGIN), "auth-ldap.jar");
        await(30, () -> root.serves(PLUGIN));
    }

    @After
    public void stopTheDirectory() {
        directory.shutDown(true);
    }

    @Test
    public void l17_whoIsInTheDirectorySignsInAndNobodyElse() {
        await(30, () -> enters("ada", SECRET));
        assertThat(enters("ada", "wrong")).isFalse();
        assertThat(enters("ada", "")).isFalse();
        for (String name : new String[] {"*", "a*", "*)(uid=*", "\\2a", "ada ", "ada\u0000", "nobody"}) {
            assertThat(enters(name, SECRET)).as(name).isFalse();
        }
        assertThat(root.get("/api/v1/hooks").body())
                .contains("LdapSignIn~campus")
                .doesNotContain(SEARCHER_SECRET);
        assertThat(server.logs() + server.output()).doesNotContain(SECRET, SEARCHER_SECRET);
    }

    @Test
    public void l19_theOwnDirectoryDecidesForWhomItHolds() {
        await(30, () -> enters("ada", SECRET));
        assertThat(root.post("/api/v1/entities", Map.of("id", "ada", "secret", "a secret of her own here"))
                        .status())
                .isEqualTo(201);
        assertThat(enters("ada", SECRET))
                .as("with the secret of the other store")
                .isFalse();
        assertThat(enters("ada", "a secret of her own here")).isTrue();
        directory.shutDown(true);
        assertThat(enters("ada", "a secret of her own here")).isTrue();
        assertThat(enters("bob", SECRET)).isFalse();
        assertThat(root.get("/healthz/ready").status()).isEqualTo(200);
    }

    private boolean enters(String id, String secret) {
        return server.http().check(id, secret);
    }

    private void configure() {
        Etc.configure(
                server,
                PID,
                "urls=[\"ldaps://localhost:" + directory.getListenPort() + "\"]",
                "caFile=\"directory.pem\"",
                "bindDn=\"cn=searcher," + BASE + "\"",
                ".bindPassword=\"" + SEARCHER_SECRET + "\"",
                "base=\"" + BASE + "\"");
    }

    private InMemoryDirectoryServer directory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setSchema(null);
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                "ldaps", InetAddress.getByName("127.0.0.1"), 0, tls().getServerSocketFactory(), null));
        config.addAdditionalBindCredentials("cn=searcher," + BASE, SEARCHER_SECRET);
        InMemoryDirectoryServer made = new InMemoryDirectoryServer(config);
        made.add("dn: " + BASE, "objectClass: domain", "dc: example");
        for (String uid : new String[] {"ada", "bob"}) {
            made.add(
                    "dn: uid=" + uid + "," + BASE,
                    "objectClass: inetOrgPerson",
                    "uid: " + uid,
                    "userPassword: " + SECRET);
        }
        made.startListening();
        return made;
    }

    /** A certificate for localhost that signs itself; the server is told to believe it. */
    private SSLContext tls() throws Exception {
        long now = System.currentTimeMillis();
        var made = X509Certificate.generateSelfSignedCertificate(
                SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
                PublicKeyAlgorithmIdentifier.RSA,
                2048,
                new DN("cn=directory"),
                now - DAY,
                now + DAY,
                new X509CertificateExtension(
                        new OID("2.5.29.17"),
                        false,
                        new ASN1Sequence(new ASN1OctetString((byte) 0x82, "localhost")).encode()));
        byte[] encoded = made.getFirst().getX509CertificateBytes();
        Files.writeString(
                server.etc().resolve("directory.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("directory", made.getSecond().getPrivate(), IN_MEMORY, new Certificate[] {
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded))
        });
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, IN_MEMORY);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
