package org.latchkey.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.rules.ExternalResource;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;

/** The LDAP server on a free port over a directory in memory, in which everybody's secret is {@link #SECRET}. */
final class TestLdap extends ExternalResource {

    static final String SECRET = "correct horse";
    static final String BASE = "dc=example,dc=org";

    /** May read all. */
    static final String READER = "uid=reader,ou=entities," + BASE;

    /** May read herself and her groups; is a member of staff and of devs. */
    static final String ADA = "uid=ada,ou=entities," + BASE;

    final MemoryDirectory directory = new MemoryDirectory();
    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    final int port = freePort();
    final int tlsPort = freePort();
    volatile boolean turn = true;
    volatile boolean probation;
    volatile Turn.Next next = Turn.Next.NONE;
    final Sockets sockets = new MemorySockets();
    private final Map<String, Object> config = new HashMap<>();
    private final List<LDAPConnection> clients = new CopyOnWriteArrayList<>();
    private Station station;

    TestLdap with(String setting, Object value) {
        config.put(setting, value);
        return this;
    }

    @Override
    protected void before() {
        directory.put(Group.named("staff").withNumber(100).withDisplayName("All who work here"));
        directory.put(Group.named("devs").withNumber(101).withManagedBy("staff"));
        directory.put(Group.named("empty").withNumber(102));
        directory.put(Entity.named("reader").withNumber(1).withCapabilities(Set.of(Capability.LOCK_ENTITY)));
        directory.put(Entity.named("ada")
                .withNumber(2)
                .withMeta(MetaField.LEGAL_NAME, "Ada Lovelace")
                .withMeta(MetaField.DISPLAY_NAME, "Ada")
                .withMeta(MetaField.PRIMARY_GROUP, "staff")
                .withMeta(MetaField.HOME, "/home/ada")
                .withMeta(MetaField.SHELL, "/bin/zsh")
                .withMeta(MetaField.GECOS, "Ada L")
                .withMeta(MetaField.BADGE_NUMBER, "B-7")
                .withKv("email", List.of("ada@example.org"))
                .withGroups(Set.of("staff", "devs")));
        directory.put(Entity.named("bob").withNumber(3).withGroups(Set.of("staff")));
        start();
    }

    @Override
    protected void after() {
        clients.forEach(LDAPConnection::close);
        stop();
    }

    void start() {
        station = new Station(settings(), new TestTurn(), sockets, desk());
        station.start();
        await(() -> station.fault().filter("it does not listen yet"::equals).isEmpty() || !turn);
    }

    void stop() {
        station.stop();
    }

    Optional<String> fault() {
        return station.fault();
    }

    int connections() {
        return station.connections();
    }

    /** A second server of the same settings. */
    Station another(Turn itsTurn, Sockets itsSockets) {
        return new Station(settings(), itsTurn, itsSockets, desk());
    }

    private Settings settings() {
        Map<String, Object> all = new HashMap<>(Map.of("domain", "example.org", "port", port, "tlsPort", tlsPort));
        all.putAll(config);
        return Settings.of(config(all), Path.of(""));
    }

    private Desk desk() {
        return Desk.of(settings(), directory, new TestAuthentication(), new NoPlugins());
    }

    /** A configuration with these values, and the defaults for the others. */
    static LdapServer.Config config(Map<String, ?> values) {
        return (LdapServer.Config) Proxy.newProxyInstance(
                TestLdap.class.getClassLoader(),
                new Class<?>[] {LdapServer.Config.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Annotation.class) {
                        throw new UnsupportedOperationException();
                    }
                    return values.containsKey(method.getName())
                            ? values.get(method.getName())
                            : Optional.ofNullable(method.getDefaultValue()).orElse("");
                });
    }

    boolean isListening() {
        try (LDAPConnection client = new LDAPConnection("127.0.0.1", port)) {
            return client.isConnected();
        } catch (LDAPException refused) {
            return false;
        }
    }

    /** A client that has not bound. */
    LDAPConnection client() throws LDAPException {
        LDAPConnection client = new LDAPConnection("127.0.0.1", port);
        client.getConnectionOptions().setResponseTimeoutMillis(30_000);
        clients.add(client);
        return client;
    }

    LDAPConnection client(String dn) throws LDAPException {
        LDAPConnection client = client();
        client.bind(dn, SECRET);
        return client;
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen within 30 s");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    private final class TestTurn implements Turn {
        @Override
        public boolean isMine() {
            return turn;
        }

        @Override
        public Next next() {
            return next;
        }

        @Override
        public boolean isProbation() {
            return probation;
        }
    }

    private final class TestAuthentication implements Authentication {
        @Override
        public Optional<Principal> authenticate(Attempt attempt) {
            attempts.add(attempt.withSecret(Optional.empty()));
            boolean right = attempt.secret()
                    .filter(secret -> SECRET.equals(new String(secret.chars())))
                    .isPresent();
            return Optional.ofNullable(directory.entities.get(attempt.id()))
                    .filter(entity -> right && !entity.locked())
                    .map(entity ->
                            new Principal(entity.id(), "directory", entity.groups(), directory.capabilities(entity)));
        }

        @Override
        public Optional<Principal> authenticate(Attempt attempt, Set<String> authenticators) {
            return authenticate(attempt);
        }

        @Override
        public Decision decide(Caller caller, Principal principal, Set<String> groups) {
            return permits(caller, principal, groups) ? Decision.PERMITTED : Decision.DENIED;
        }

        @Override
        public boolean permits(Caller caller, Principal principal, Set<String> groups) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Explanation explain(String id) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoPlugins implements ExtensionPoints {
        @Override
        public <T> Extensions<T> of(Class<T> point) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Extensions<?>> all() {
            return List.of();
        }

        @Override
        public boolean quarantine(String extension, String reason) {
            return false;
        }

        @Override
        public boolean release(String extension) {
            return false;
        }

        @Override
        public Scope whenStuck(Runnable action) {
            return () -> {};
        }
    }
}
