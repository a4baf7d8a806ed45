package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.itest.server.Server.await;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;

/** Row 88 and attack case L-17: existing software asks Latchkey over LDAP. */
public class LdapIT {

    @ClassRule
    public static final Server server = new Server();

    private static final String PLUGIN = "org.latchkey.ldap";
    private static final String FAIL2LOCK = "org.latchkey.hook.fail2lock";
    private static final String PID = "latchkey.ldap";
    private static final String SECRET = "correct horse battery";
    private static final String BASE = "dc=example,dc=org";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int port = Ports.free();
    private final int tlsPort = Ports.free();
    private final String ada = "ada" + NUMBER.incrementAndGet();
    private final String reader = "reader" + NUMBER.get();
    private final String staff = "staff" + NUMBER.get();
    private final List<LDAPConnection> clients = new ArrayList<>();
    private Http root;

    @Before
    public void fillTheDirectoryAndDeploy() {
        root = server.root();
        create("entities", Map.of("id", ada, "secret", SECRET));
        create("entities", Map.of("id", reader, "secret", SECRET));
        create("groups", Map.of("name", staff));
        assertThat(root.send("PUT", "/api/v1/groups/" + staff + "/members/" + ada)
                        .status())
                .isEqualTo(204);
        assertThat(root.send("PUT", "/api/v1/entities/" + reader + "/capabilities/UNLOCK_ENTITY")
                        .status())
                .isEqualTo(204);
        configure();
        if (!root.serves(PLUGIN)) {
            server.deploy(Server.shipped(PLUGIN), "ldap.jar");
        }
        await(30, () -> isListening(port));
    }

    @After
    public void closeClients() {
        clients.forEach(LDAPConnection::close);
    }

    @Test
    public void row88_searchByUidReturnsMemberOf() throws LDAPException {
        LDAPConnection client = bound(reader);
        assertThat(client.searchForEntry(BASE, SearchScope.SUB, "(uid=" + ada + ")", "memberOf")
                        .getAttributeValues("memberOf"))
                .containsExactly("cn=" + staff + ",ou=groups," + BASE);
        assertThat(client.searchForEntry(BASE, SearchScope.SUB, "(&(objectClass=groupOfNames)(member=" + dn(ada) + "))")
                        .getAttributeValues("cn"))
                .containsExactly(staff);
        assertThat(client.compare(dn(ada), "uid", ada).compareMatched()).isTrue();
        assertThat(client.getSchema().getAttributeType("memberOf")).isNotNull();
        assertThat(client.getRootDSE().getNamingContextDNs()).containsExactly(BASE);
    }

    @Test
    public void row88_pagesHoldTheWholeDirectory() throws LDAPException {
        LDAPConnection client = bound(reader);
        Set<String> found = new HashSet<>();
        ASN1OctetString cookie = null;
        for (int page = 0; page < 200 && (cookie == null || cookie.getValueLength() > 0); page++) {
            SearchRequest request = new SearchRequest(BASE, SearchScope.SUB, "(|(uid=*)(cn=*))", "1.1");
            request.addControl(new SimplePagedResultsControl(2, cookie, true));
            SearchResult result = client.search(request);
            result.getSearchEntries()
                    .forEach(entry -> assertThat(found.add(entry.getDN())).isTrue());
            cookie = SimplePagedResultsControl.get(result).getCookie();
        }
        assertThat(found).contains(dn(ada), dn(reader), dn("root"), "cn=" + staff + ",ou=groups," + BASE);
    }

    @Test
    public void aSignInLeavesAReceiptAndNothingIsWritten() throws LDAPException {
        LDAPConnection client = bound(ada);
        assertThat(root.get("/api/v1/audit?limit=20").body()).contains("sign-in", ada);
        refused(ResultCode.UNWILLING_TO_PERFORM, () -> client.delete(dn(ada)));
        assertThat(root.get("/api/v1/entities/" + ada).status()).isEqualTo(200);
    }

    @Test
    public void attackL17_noNameAndNoSecretGetsAnybodyIn() throws LDAPException {
        LDAPConnection client = client();
        client.getConnectionOptions().setBindWithDNRequiresPassword(false);
        refused(ResultCode.UNWILLING_TO_PERFORM, () -> client.bind(new SimpleBindRequest(dn(ada), "")));
        for (String name : List.of("*", "*)(uid=*", "\u0000", ada + "\u0000", ada + ")(|(uid=*", ada + ",ou=x")) {
            String dn = new DN(new RDN("uid", name), new DN("ou=entities," + BASE)).toString();
            refused(ResultCode.INVALID_CREDENTIALS, () -> client.bind(dn, SECRET));
        }
        refused(ResultCode.INVALID_CREDENTIALS, () -> client.bind("uid=\\2a,ou=entities," + BASE, SECRET));
        refused(ResultCode.INVALID_CREDENTIALS, () -> client.bind("uid=" + ada + "+cn=x,ou=entities," + BASE, SECRET));
        refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> client.search(BASE, SearchScope.SUB, "(uid=*)"));
    }

    @Test
    public void whoIsLockedIsRefusedOnAnOpenConnection() throws LDAPException {
        LDAPConnection client = bound(reader);
        assertThat(root.send("POST", "/api/v1/entities/" + reader + "/lock").status())
                .isEqualTo(200);
        refused(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, () -> client.search(BASE, SearchScope.SUB, "(uid=*)"));
        refused(ResultCode.INVALID_CREDENTIALS, () -> client.bind(dn(reader), SECRET));
    }

    @Test
    public void policiesHoldForBindsToo() throws LDAPException {
        Path policy = server.deploy(Server.shipped(FAIL2LOCK), "fail2lock.jar");
        try {
            await(30, () -> root.serves(FAIL2LOCK));
            LDAPConnection client = client();
            for (int each = 0; each < 3; each++) {
                refused(ResultCode.INVALID_CREDENTIALS, () -> client.bind(dn(ada), "wrong"));
            }
            refused(ResultCode.INVALID_CREDENTIALS, () -> client.bind(dn(ada), SECRET));
        } finally {
            server.undeploy(policy);
            await(30, () -> root.state(FAIL2LOCK).isEmpty());
        }
        assertThat(bound(ada).isConnected()).isTrue();
    }

    @Test
    public void attackL17_tlsIsThereOnceThereIsACertificate() throws Exception {
        writeCertificate(server.etc());
        configure("certificate=\"ldap.crt\"", "key=\"ldap.key\"");
        await(30, () -> isListening(tlsPort));
        SSLContext tls = new SSLUtil(new TrustAllTrustManager()).createSSLContext();
        try (LDAPConnection client = new LDAPConnection(tls.getSocketFactory(), "127.0.0.1", tlsPort)) {
            client.bind(dn(reader), SECRET);
            assertThat(client.getEntry(dn(ada))).isNotNull();
        }
        LDAPConnection client = client();
        client.processExtendedOperation(new StartTLSExtendedRequest(tls));
        client.bind(dn(reader), SECRET);
        assertThat(client.getEntry(dn(ada))).isNotNull();
    }

    @Test
    public void attackL17_plainLdapBeyondThisMachineIsRefused() {
        Etc.configure(server, PID, "domain=\"example.org\"", "host=\"0.0.0.0\"", "port=I\"" + port + "\"");
        await(30, () -> !isListening(port));
        await(30, () -> root.get("/api/v1/plugins/" + PLUGIN).body().contains("in the clear"));
    }

    @Test
    public void replacedUnderLoadItRefusesNobody() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> visits = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!over.get() && count < 100_000) {
                visit();
                count++;
            }
            return count;
        });
        server.deploy(PluginJar.reversioned(Server.shipped(PLUGIN), "0.2." + NUMBER.get()), "ldap.jar");
        await(30, () -> root.version(PLUGIN).equals("0.2." + NUMBER.get()));
        await(60, () -> root.isProven(PLUGIN));
        TimeUnit.SECONDS.sleep(1);
        over.set(true);
        assertThat(visits.get(30, TimeUnit.SECONDS)).isPositive();
        assertThat(isListening(port)).isTrue();
    }

    /** What is being answered while the jar goes is answered to its end. */
    private static boolean isAnswered(LDAPConnection client) {
        try {
            client.search(BASE, SearchScope.SUB, "(uid=*)");
            return true;
        } catch (LDAPException gone) {
            return false;
        }
    }

    @Test
    public void withoutItsFileOrItsJarNothingListens() throws Exception {
        Files.delete(server.etc().resolve(PID + ".config"));
        await(30, () -> !isListening(port));
        configure();
        await(30, () -> isListening(port));
        LDAPConnection client = bound(reader);
        server.undeploy(server.deploy().resolve("ldap.jar"));
        await(30, () -> !isListening(port));
        await(30, () -> !isAnswered(client));
        await(30, () -> root.state(PLUGIN).isEmpty() || root.state(PLUGIN).equals("leaking"));
    }

    private void configure(String... more) {
        List<String> lines = new ArrayList<>(
                List.of("domain=\"example.org\"", "port=I\"" + port + "\"", "tlsPort=I\"" + tlsPort + "\""));
        lines.addAll(List.of(more));
        Etc.configure(server, PID, lines.toArray(String[]::new));
    }

    private void create(String kind, Map<String, String> body) {
        assertThat(root.post("/api/v1/" + kind, body).status()).isEqualTo(201);
    }

    private static String dn(String id) {
        return "uid=" + id + ",ou=entities," + BASE;
    }

    private static boolean isListening(int port) {
        try (LDAPConnection client = new LDAPConnection("127.0.0.1", port)) {
            return client.isConnected();
        } catch (LDAPException refused) {
            return false;
        }
    }

    private LDAPConnection client() throws LDAPException {
        LDAPConnection client = new LDAPConnection("127.0.0.1", port);
        client.getConnectionOptions().setResponseTimeoutMillis(30_000);
        clients.add(client);
        return client;
    }

    private LDAPConnection bound(String id) throws LDAPException {
        LDAPConnection client = client();
        client.bind(dn(id), SECRET);
        return client;
    }

    private void visit() {
        try (LDAPConnection client = new LDAPConnection("127.0.0.1", port)) {
            assertThat(client.getRootDSE()).isNotNull();
        } catch (LDAPException refused) {
            throw new AssertionError(refused);
        }
    }

    private interface Call {
        void run() throws LDAPException;
    }

    private static void refused(ResultCode code, Call call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(LDAPException.class, no -> assertThat(no.getResultCode())
                .isEqualTo(code));
    }

    private static void writeCertificate(Path folder) throws Exception {
        long now = System.currentTimeMillis();
        long day = TimeUnit.DAYS.toMillis(1);
        var made = X509Certificate.generateSelfSignedCertificate(
                SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
                PublicKeyAlgorithmIdentifier.RSA,
                2048,
                new DN("cn=localhost"),
                now - day,
                now + day);
        byte[] key = made.getSecond().getPrivate().getEncoded();
        Files.writeString(folder.resolve("ldap.crt"), made.getFirst().toPEMString());
        Files.writeString(
                folder.resolve("ldap.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }
}
