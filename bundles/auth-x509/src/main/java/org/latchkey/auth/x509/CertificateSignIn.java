package org.latchkey.auth.x509;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Recognizer;
import org.latchkey.api.extension.SelfCheck;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Directory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Recognizes people by the certificate that their browser shows. The server has judged it by then: its time, its purpose, and
 * whether an authority of {@code latchkey.mtls} vouches for it. Of these, only the authorities that are named here say who people
 * are, for those of machines are asked for names too, and could give out that of a person.
 *
 * <p>Fails closed: without its settings it recognizes nobody, nor by a certificate that has several names, or that of somebody whom
 * the directory does not have.
 */
@Component(
        service = {Recognizer.class, SelfCheck.class},
        configurationPid = "latchkey.auth.x509",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = CertificateSignIn.Config.class)
public final class CertificateSignIn implements Recognizer, SelfCheck {

    @ObjectClassDefinition(
            name = "Latchkey sign-in by certificate",
            description = "Which certificates say who people are, and where.")
    public @interface Config {

        @AttributeDefinition(
                description =
                        "A file with the certificates of the authorities that say who people are; each of them, or the one"
                                + " above it, must be trusted by latchkey.mtls too.")
        String authorities() default "";

        @AttributeDefinition(description = "Where the name stands.")
        NameSource name() default NameSource.SAN_EMAIL;

        @AttributeDefinition(
                description =
                        "What the whole of it must be like (a regular expression); the first group is the id of the entity.")
        String pattern() default "(.+)";
    }

    private final Directory directory;
    private final Set<Certificate> authorities;
    private final NameSource source;
    private final Pattern pattern;
    private final Optional<String> fault;

    @Activate
    public CertificateSignIn(@Reference Directory directory, Config config) {
        this.directory = directory;
        this.source = config.name();
        Pattern known = Pattern.compile("");
        Set<Certificate> vouching = Set.of();
        Optional<String> wrong = Optional.empty();
        try {
            known = Pattern.compile(config.pattern());
            vouching = config.authorities().isBlank()
                    ? Set.of()
                    : read(Path.of(config.authorities().strip()));
            if (known.matcher("").groupCount() < 1) {
                wrong = Optional.of("the pattern has no group, which would be the id");
            }
        } catch (PatternSyntaxException malformed) {
            wrong = Optional.of("the pattern is no regular expression");
        } catch (IOException | CertificateException unreadable) {
            wrong = Optional.of("the file of authorities cannot be read");
        }
        this.pattern = known;
        this.authorities = wrong.isPresent() ? Set.of() : vouching;
        this.fault = wrong;
    }

    private static Set<Certificate> read(Path file) throws IOException, CertificateException {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            return Set.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(content));
        }
    }

    @Override
    public Optional<String> fault() {
        return fault;
    }

    @Override
    public Optional<Principal> recognize(Request request) {
        if (authorities.isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> path = request.trustedCertificates();
        boolean isOfPeople = path.stream().skip(1).anyMatch(authorities::contains);
        return isOfPeople ? Optional.of(owner(path.get(0))) : Optional.empty();
    }

    private Principal owner(X509Certificate certificate) {
        List<String> names = source.values(certificate).stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .distinct()
                .toList();
        if (names.size() != 1) {
            throw new Refusal("certificate-name", "Your certificate does not say who you are here.");
        }
        return directory
                .entity(names.get(0))
                .map(Entity::id)
                .map(id -> new Principal(id, "x509", Set.of(), Set.of()))
                .orElseThrow(
                        () -> new Refusal("certificate-unknown", "Your certificate is of nobody who is known here."));
    }
}
