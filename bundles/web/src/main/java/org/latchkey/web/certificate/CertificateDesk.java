package org.latchkey.web.certificate;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.http.ClientCertificates;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which certificate the sender of a request has shown, and whether an authority that the operator trusts vouches for it.
 *
 * <p>The TLS layer takes any certificate whose key the client proves to have, for those of RFC 8705, 2.2 vouch for themselves; it
 * proves a key and no name. All trust is decided here and by who asks here, and anew with each request: what was taken off the
 * list of authorities, or has expired, is not trusted on a connection that is open, nor on a session of TLS that is resumed.
 *
 * <p>Fails closed: a setting that cannot be understood counts as the careful one, and is a fault of the health.
 */
@Component(
        service = {CertificateDesk.class, ClientCertificates.class, HealthCheck.class},
        configurationPid = "latchkey.mtls",
        property = HealthCheck.READINESS + ":Boolean=false")
@Designate(ocd = CertificateDesk.Config.class)
public final class CertificateDesk implements ClientCertificates, HealthCheck {

    @ObjectClassDefinition(
            name = "Latchkey client certificates",
            description = "Who may show a certificate, and whose certificates are trusted (mutual TLS).")
    public @interface Config {

        @AttributeDefinition(
                options = {@Option("none"), @Option("wanted")},
                description =
                        "Whether the HTTPS port asks for a certificate. none: only that of LATCHKEY_MTLS_PORT does; wanted:"
                                + " it asks for one of the authorities, and serves those who show none too.")
        String httpsPort() default "none";

        @AttributeDefinition(
                description =
                        "A file with the certificates of the authorities that are trusted to say who a client is.")
        String authorities() default "";

        @AttributeDefinition(
                description =
                        "A file with the revocation lists of these authorities, one of each; empty: none is looked at.")
        String revocations() default "";

        @AttributeDefinition(
                description = "The IP addresses of proxies that end TLS and say in a header what certificate they saw.")
        String[] proxies() default {};

        @AttributeDefinition(description = "That header. The proxies must take it off what clients send.")
        String proxyHeader() default "Client-Cert";
    }

    /** What the settings come to. */
    private record Rules(
            boolean isWanted, AuthorityFiles files, ForwardedCertificates forwarded, Optional<String> fault) {}

    private static final Logger log = LoggerFactory.getLogger(CertificateDesk.class);
    private static final String SHOWN = "jakarta.servlet.request.X509Certificate";
    private static final String WANTED = "wanted";

    private final UnaryOperator<String> properties;
    private final Clock clock;
    private volatile Rules rules;

    @Activate
    public CertificateDesk(BundleContext context, Config config) {
        this(context::getProperty, rules(config), Clock.systemUTC());
    }

    private CertificateDesk(UnaryOperator<String> properties, Rules rules, Clock clock) {
        this.properties = properties;
        this.rules = rules;
        this.clock = clock;
    }

    /** One that trusts nobody and asks nobody. */
    public static CertificateDesk closed() {
        AuthorityFiles none = new AuthorityFiles(Optional.empty(), Optional.empty(), System::nanoTime);
        Rules rules = new Rules(false, none, new ForwardedCertificates(Set.of(), "Client-Cert"), Optional.empty());
        return new CertificateDesk(name -> "", rules, Clock.systemUTC());
    }

    /** In place: all that serves requests stands on it. */
    @Modified
    void modified(Config config) {
        rules = rules(config);
    }

    private static Rules rules(Config config) {
        String said = config.httpsPort().strip().toLowerCase(Locale.ROOT);
        Optional<String> fault = said.equals(WANTED) || said.equals("none")
                ? Optional.empty()
                : Optional.of("httpsPort is neither none nor wanted");
        ForwardedCertificates forwarded = ForwardedCertificates.from(List.of(), config.proxyHeader());
        try {
            forwarded = ForwardedCertificates.from(List.of(config.proxies()), config.proxyHeader());
        } catch (IllegalArgumentException unknown) {
            fault = Optional.of("proxies: " + unknown.getMessage());
        }
        fault.ifPresent(
                why -> log.atError().addKeyValue("fault", why).log("a setting of client certificates is wrong"));
        AuthorityFiles files =
                new AuthorityFiles(file(config.authorities()), file(config.revocations()), System::nanoTime);
        return new Rules(said.equals(WANTED), files, forwarded, fault);
    }

    private static Optional<Path> file(String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(Path.of(name.strip()));
    }

    /** Whether the HTTPS port that everybody uses asks for certificates. */
    public boolean isWantedOfEverybody() {
        return rules.isWanted();
    }

    /** The authorities, for browsers to tell which certificate to offer. */
    public X509Certificate[] hints() {
        return rules.files().now().certificates().toArray(new X509Certificate[0]);
    }

    /** See {@link org.latchkey.api.http.Request#presentedCertificates()}. */
    public List<X509Certificate> presented(HttpServletRequest request) {
        ForwardedCertificates forwarded = rules.forwarded();
        if (forwarded.isProxy(request.getRemoteAddr())) {
            return forwarded.in(request::getHeaders);
        }
        return request.getAttribute(SHOWN) instanceof X509Certificate[] shown ? List.of(shown) : List.of();
    }

    /** See {@link org.latchkey.api.http.Request#trustedCertificates()}. */
    public List<X509Certificate> trusted(List<X509Certificate> presented) {
        return presented.isEmpty() ? List.of() : rules.files().now().path(presented, clock.instant());
    }

    @Override
    public Optional<String> url() {
        boolean hasPort = property("latchkey.mtls.port").isPresent();
        boolean isAsked = rules.isWanted() && property("latchkey.https.port").isPresent();
        return hasPort || isAsked || !rules.forwarded().proxies().isEmpty()
                ? property("latchkey.mtls.url").or(() -> property("latchkey.public.url"))
                : Optional.empty();
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public boolean hasAuthorities() {
        return !rules.files().now().certificates().isEmpty();
    }

    @Override
    public String name() {
        return "client-certificates";
    }

    @Override
    public Optional<String> fault() {
        return rules.fault().or(() -> Optional.of(rules.files().fault())
                .filter(why -> !why.isEmpty())
                .map(why -> "No certificate is trusted: " + why + "."));
    }
}
