package org.latchkey.auth.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A real directory server in this JVM, on 127.0.0.1, that remembers what it was asked and misbehaves when told to. */
final class TestDirectory implements AutoCloseable {

    static final String BASE = "dc=example,dc=org";
    static final String PEOPLE = "ou=people," + BASE;
    static final String ADA = "uid=ada," + PEOPLE;
    static final String SECRET = "correct horse";
    static final String SEARCHER = "cn=searcher," + BASE;
    static final String SEARCHER_SECRET = "battery staple 47";

    /** Names of those whose bind was tried. */
    final List<String> binds = new CopyOnWriteArrayList<>();

    final List<String> searches = new CopyOnWriteArrayList<>();

    /** What a bind as somebody else than the searcher is answered with, if not the truth. */
    volatile Optional<LDAPException> answerToBind = Optional.empty();

    volatile Optional<LDAPException> answerToSearch = Optional.empty();
    volatile long delayMillis;
    private final AtomicInteger open = new AtomicInteger();
    private final InMemoryDirectoryServer server;

    /** Without any TLS, as whoever takes StartTLS away makes it look. */
    static TestDirectory inTheClear() {
        return new TestDirectory(null, false);
    }

    /** With StartTLS on {@link #port}, or with TLS from the start. */
    TestDirectory(SSLContext tls, boolean fromTheStart) {
        this(tls, fromTheStart, 0);
    }

    TestDirectory(SSLContext tls, boolean fromTheStart, int port) {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.setSchema(null);
            config.setAccessLogHandler(new Connections());
            InetAddress here = InetAddress.getByName("127.0.0.1");
            config.setListenerConfigs(
                    fromTheStart
                            ? InMemoryListenerConfig.createLDAPSConfig(
                                    "ldaps", here, port, tls.getServerSocketFactory(), null)
                            : InMemoryListenerConfig.createLDAPConfig(
                                    "ldap", here, port, tls == null ? null : tls.getSocketFactory()));
            config.addAdditionalBindCredentials(SEARCHER, SEARCHER_SECRET);
            config.addInMemoryOperationInterceptor(new Interceptor());
            server = new InMemoryDirectoryServer(config);
            fill();
            server.startListening();
        } catch (LDAPException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void fill() throws LDAPException {
        add("dn: " + BASE, "objectClass: domain", "dc: example");
        add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
        person(
                "ada",
                "mail: ada@example.org",
                "mail: countess@example.org",
                "cn: Ada Lovelace",
                "employeeNumber: E7",
                "memberOf: cn=IT Staff,ou=groups," + BASE,
                "memberOf: cn=other,ou=groups," + BASE);
        person("bob", "cn: Bob");
        group("IT Staff", "ada");
        group("other", "ada");
        group("teachers", "bob");
    }

    void person(String uid, String... more) throws LDAPException {
        add(Stream.concat(
                        Stream.of(
                                "dn: uid=" + uid + "," + PEOPLE,
                                "objectClass: inetOrgPerson",
                                "uid: " + uid,
                                "userPassword: " + SECRET),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void group(String name, String member) throws LDAPException {
        add(
                "dn: cn=" + name + ",ou=groups," + BASE,
                "objectClass: groupOfNames",
                "cn: " + name,
                "member: uid=" + member + "," + PEOPLE,
                "memberUid: " + member);
    }

    void add(String... ldif) throws LDAPException {
        try {
            server.add(new Entry(ldif));
        } catch (LDIFException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    void change(String dn, String attribute, String value) throws LDAPException {
        server.modify(dn, new Modification(ModificationType.REPLACE, attribute, value));
    }

    void remove(String dn) throws LDAPException {
        server.delete(dn);
    }

    int port() {
        return server.getListenPort();
    }

    int connections() {
        return open.get();
    }

    void dropConnections() {
        server.closeAllConnections(false);
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    /** Counts by what the server writes into its access log. */
    private final class Connections extends Handler {

        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().contains(" CONNECT ")) {
                open.incrementAndGet();
            } else if (line.getMessage().contains(" DISCONNECT ")) {
                open.decrementAndGet();
            }
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private final class Interceptor extends InMemoryOperationInterceptor {

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
            String dn = request.getRequest().getBindDN();
            binds.add(dn);
            pause();
            if (answerToBind.isPresent() && !dn.equals(SEARCHER)) {
                throw answerToBind.get();
            }
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
            searches.add(request.getRequest().getFilter().toString());
            pause();
            if (answerToSearch.isPresent()) {
                throw answerToSearch.get();
            }
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(delayMillis);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
