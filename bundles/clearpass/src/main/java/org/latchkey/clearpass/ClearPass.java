package org.latchkey.clearpass;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.latchkey.api.Claims;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.ClaimSource;
import org.latchkey.api.extension.DirectoryHook;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the password of a sign-in on to applications that cannot do without (jscas: ClearPass). It is encrypted for each of
 * them as soon as it was found right; what is kept, with the session, nobody can read but they. An application is told only
 * what its entry in the registry allows.
 *
 * <p>Fails closed: without the grant, or when something fails, applications get nothing; the sign-in goes on.
 */
@Component(
        service = {DirectoryHook.class, ClaimSource.class},
        configurationPid = "latchkey.clearpass")
@Designate(ocd = ClearPass.Config.class)
public final class ClearPass implements DirectoryHook, ClaimSource {

    @ObjectClassDefinition(
            name = "ClearPass",
            description = "Hands the password of a sign-in on to chosen applications, encrypted for each of them.")
    public @interface Config {
        @AttributeDefinition(
                name = "Recipients",
                description =
                        "attribute=file each: under which name an application is told, and its certificate or public key (PEM, RSA), relative to etc/.")
        String[] recipients() default {};
    }

    private static final Logger log = LoggerFactory.getLogger(ClearPass.class);

    /** Between a right password and the session that it begins. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(10);

    private static final String DIRECTORY = "directory";

    private final List<Recipient> recipients;
    private final AtomicBoolean toldOfGrant = new AtomicBoolean();

    /** What was sealed, by entity. Not taken out when used: the same person may be signing in twice at once. */
    private final Cache<String, Claims> sealed;

    @Activate
    public ClearPass(BundleContext context, Config config) {
        this(List.of(config.recipients()), Path.of(context.getProperty("latchkey.etc")), Ticker.systemTicker());
    }

    ClearPass(List<String> recipients, Path etc, Ticker ticker) {
        this.recipients = recipients.stream()
                .filter(line -> !line.isBlank())
                .map(line -> Recipient.of(line, etc))
                .toList();
        if (this.recipients.stream().map(Recipient::attribute).distinct().count() < this.recipients.size()) {
            throw new IllegalArgumentException("Two recipients have one attribute");
        }
        this.sealed = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(ON_THE_WAY)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Entity postAuthCheck(Entity entity, Attempt attempt) {
        Optional<Secret> secret = attempt.secret();
        if (secret.isPresent()) {
            sealed.put(entity.id(), seal(secret.get()));
        } else if (toldOfGrant.compareAndSet(false, true)) {
            log.warn("no password is handed on: there was none, or latchkey.clearpass is not granted secret:read");
        }
        return entity;
    }

    private Claims seal(Secret secret) {
        Map<String, List<String>> claims = new LinkedHashMap<>();
        for (Recipient recipient : recipients) {
            try {
                claims.put(recipient.attribute(), List.of(recipient.sealed(secret)));
            } catch (JOSEException failed) {
                log.atError()
                        .addKeyValue("attribute", recipient.attribute())
                        .setCause(failed)
                        .log("a password cannot be encrypted: that application gets none");
            }
        }
        return new Claims(Set.of(), claims);
    }

    /** Of those alone whose password the directory has just found right: others did not show it here. */
    @Override
    public Claims claims(Principal principal) {
        return Stream.of(principal)
                .filter(each -> each.source().equals(DIRECTORY))
                .map(each -> sealed.getIfPresent(each.id()))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(Claims.NONE);
    }
}
