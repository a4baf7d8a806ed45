package org.latchkey.web;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.web.certificate.AskingTls;
import org.latchkey.web.certificate.CertificateDesk;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTPS beside or instead of plain HTTP, with the limits of the latter. Takes up a new certificate as soon as
 * its files change; a connection that is open goes on with the old one (RFC 8446 has no way to change it). Files that
 * make no sense are a fault of the health, and the old certificate goes on. Exists only if the launcher wants it,
 * which learns by the {@link Condition} {@code latchkey.https} how it went.
 *
 * <p>Fails closed: without a usable certificate at the start nothing is served. TLS is 1.2 or 1.3 with the cipher
 * suites that Jetty holds good. The name a client asks for (SNI) is not compared with the certificate: the server has
 * one identity, and believes no name of a request anyway.
 *
 * <p>Certificates of clients are asked for on a second port (RFC 8705, 5), so that browsers, which ask people about it, are left
 * alone on the first; there too if the operator says so. Any is taken, see {@link CertificateDesk}. Each port has sessions of its
 * own: one that began without a question is never resumed where there would have been one.
 */
@Component(
        immediate = true,
        service = {ConnectorFactory.class, HealthCheck.class},
        property = HealthCheck.READINESS + ":Boolean=false")
@SatisfyingConditionTarget("(osgi.condition.id=latchkey.https.wanted)")
public final class HttpsDoor implements ConnectorFactory, HealthCheck {

    private static final Logger log = LoggerFactory.getLogger(HttpsDoor.class);
    private static final long LOOK_MILLIS = 1000;

    private final BundleContext context;
    private final CertificateFiles files;
    private final AskingTls tls;
    private final AskingTls mutual = new AskingTls(() -> true, () -> new X509Certificate[0]);
    private final String password = UUID.randomUUID().toString(); // of a store that exists in memory alone
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "latchkey-certificate");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<ServerConnector> second = Optional.empty();
    private volatile Optional<TlsIdentity> identity = Optional.empty();
    private volatile String fault = "";

    @Activate
    public HttpsDoor(BundleContext context, @Reference CertificateDesk certificates) {
        this.context = context;
        this.tls = new AskingTls(certificates::isWantedOfEverybody, certificates::hints);
        this.files = new CertificateFiles(path("latchkey.tls.certificate"), path("latchkey.tls.key"));
        tls.setKeyStorePassword(password);
        mutual.setKeyStorePassword(password);
        try {
            TlsIdentity first = files.first();
            mutual.setKeyStore(first.store(password));
            show(first);
        } catch (TlsIdentity.Unusable unusable) {
            fault = unusable.getMessage();
            tell(fault);
        }
    }

    private Path path(String property) {
        return Path.of(context.getProperty(property));
    }

    private void show(TlsIdentity fresh) {
        tls.setKeyStore(fresh.store(password));
        identity = Optional.of(fresh);
        log.atInfo()
                .addKeyValue("subject", fresh.certificate().getSubjectX500Principal())
                .addKeyValue("serial", fresh.certificate().getSerialNumber().toString(16))
                .addKeyValue("expires", fresh.certificate().getNotAfter().toInstant())
                .log("HTTPS shows this certificate");
    }

    @Override
    public Connector createConnector(Server server) {
        if (identity.isEmpty()) {
            return new LocalConnector(server); // which listens to nobody; the launcher has been told why
        }
        ServerConnector plain = plain(server);
        ServerConnector secure = secured(tls, plain, server, "latchkey.https.port");
        secure.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle started) {
                opened(plain, server);
            }

            @Override
            public void lifeCycleFailure(LifeCycle failed, Throwable cause) {
                log.atError().setCause(cause).log("HTTPS does not come up");
                tell(String.valueOf(cause.getMessage()));
            }
        });
        return secure;
    }

    private ServerConnector plain(Server server) {
        return Stream.of(server.getConnectors())
                .filter(ServerConnector.class::isInstance)
                .map(ServerConnector.class::cast)
                .findFirst()
                .orElseThrow(() -> {
                    tell("there is no plain HTTP to take the limits from");
                    return new IllegalStateException("There is no plain HTTP to take the limits from.");
                });
    }

    private ServerConnector secured(AskingTls with, ServerConnector plain, Server server, String port) {
        HttpConfiguration http = new HttpConfiguration(
                plain.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration());
        http.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory inside = new HttpConnectionFactory(http);
        ServerConnector secure =
                new ServerConnector(server, new SslConnectionFactory(with, inside.getProtocol()), inside);
        secure.setIdleTimeout(plain.getIdleTimeout());
        secure.setAcceptQueueSize(plain.getAcceptQueueSize());
        secure.setHost(context.getProperty("latchkey.https.host"));
        secure.setPort(Integer.parseInt(context.getProperty(port)));
        return secure;
    }

    private void opened(ServerConnector plain, Server server) {
        if (context.getProperty("latchkey.mtls.port") != null) {
            openSecond(secured(mutual, plain, server, "latchkey.mtls.port"), server);
        }
        if (Boolean.parseBoolean(context.getProperty("latchkey.http.off"))) {
            close(plain, server);
        }
        watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        tell(fault);
    }

    private void openSecond(ServerConnector connector, Server server) {
        try {
            server.addConnector(connector);
            connector.start();
            second = Optional.of(connector);
        } catch (Exception taken) { // as Jetty declares it
            log.atError().setCause(taken).log("The port for client certificates does not come up");
            fault = "the port for client certificates cannot be opened";
        }
    }

    private void close(ServerConnector plain, Server server) {
        try {
            plain.stop();
            server.removeConnector(plain);
        } catch (Exception unwilling) { // as Jetty declares it
            log.atError().setCause(unwilling).log("Plain HTTP cannot be closed");
            fault = "plain HTTP cannot be closed";
        }
    }

    /** Tells the launcher, which waits for it. */
    private void tell(String result) {
        Dictionary<String, Object> properties =
                new Hashtable<>(Map.of(Condition.CONDITION_ID, "latchkey.https", "latchkey.fault", result));
        context.registerService(Condition.class, Condition.INSTANCE, properties);
    }

    private void look() {
        CertificateFiles.Found found = files.look();
        if (!found.fault().equals(fault)) {
            fault = found.fault();
            if (fault.isEmpty()) {
                log.info("The certificate files are in order again");
            } else {
                log.atError().addKeyValue("fault", fault).log("A new certificate is refused, the old one goes on");
            }
        }
        found.fresh().ifPresent(this::change);
    }

    private void change(TlsIdentity fresh) {
        try {
            tls.reload(factory -> show(fresh));
            mutual.reload(factory -> factory.setKeyStore(fresh.store(password)));
        } catch (Exception unfit) { // as Jetty declares it
            fault = "the new certificate cannot be used";
            log.atError().setCause(unfit).log("A new certificate is refused, the old one goes on");
        }
    }

    @Override
    public String name() {
        return "https-certificate";
    }

    @Override
    public Optional<String> fault() {
        if (!fault.isEmpty()) {
            return Optional.of("A new certificate is refused: " + fault + ".");
        }
        return identity.map(shown -> shown.certificate().getNotAfter().toInstant())
                .filter(end -> end.isBefore(Instant.now()))
                .map(end -> "The certificate expired at " + end + ".");
    }

    @Deactivate
    public void end() {
        watch.shutdownNow();
        second.ifPresent(open -> LifeCycle.stop(open));
    }
}
