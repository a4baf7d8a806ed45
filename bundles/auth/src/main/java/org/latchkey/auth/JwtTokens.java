package org.latchkey.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.store.Store;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Signed JWT as bearer tokens (RFC 7519, RS256). The signature of a token is checked once and remembered;
 * whether its entity still exists and may do what it could is looked up each time.
 */
@Component(configurationPid = "latchkey.tokens")
@Designate(ocd = JwtTokens.Config.class)
public final class JwtTokens implements Tokens {

    @ObjectClassDefinition(name = "Latchkey tokens", description = "Bearer tokens.")
    public @interface Config {
        @AttributeDefinition(name = "Lifetime", description = "How long a token is valid, in seconds.", min = "1")
        long lifetimeSeconds() default 600;

        @AttributeDefinition(name = "Key size", description = "Bits of a new RSA key.", min = "2048")
        int keyBits() default 2048;
    }

    private static final String AUDIENCE = "latchkey";
    private static final String CAPABILITIES = "capabilities";
    private static final String GROUPS = "groups";
    private static final String SOURCE = "source";
    private static final String NUMBER = "number";
    private static final int LONGEST = 8 << 10;
    private static final int REMEMBERED = 10_000;

    /** What a token says, its signature checked. */
    private record Claims(String id, String source, long number, Set<String> groups, Instant expiresAt) {}

    private final Directory directory;
    private final String issuer;
    private final Duration lifetime;
    private final Clock clock;
    private final SigningKeys keys;
    private final Cache<String, Claims> verified = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    @Activate
    public JwtTokens(BundleContext context, @Reference Store store, @Reference Directory directory, Config config) {
        this(
                store,
                directory,
                Optional.ofNullable(context.getProperty("latchkey.public.url")).orElse("latchkey"),
                config,
                Clock.systemUTC());
    }

    JwtTokens(Store store, Directory directory, String issuer, Config config, Clock clock) {
        this.directory = directory;
        this.issuer = issuer;
        this.lifetime = Duration.ofSeconds(config.lifetimeSeconds());
        this.clock = clock;
        this.keys = new SigningKeys(store, config.keyBits(), clock);
    }

    @Override
    public Token issue(Principal principal) {
        Instant now = clock.instant();
        Instant expiresAt = now.plus(lifetime);
        long number = directory.entity(principal.id()).map(Entity::number).orElse(0L);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(principal.id())
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .jwtID(UUID.randomUUID().toString())
                .claim(SOURCE, principal.source())
                .claim(NUMBER, number)
                .claim(GROUPS, List.copyOf(principal.groups()))
                .claim(
                        CAPABILITIES,
                        principal.capabilities().stream().map(Capability::name).toList())
                .build();
        return new Token(sign(claims), expiresAt);
    }

    private String sign(JWTClaimsSet claims) {
        RSAKey key = keys.current();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    @Override
    public Optional<Principal> validate(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<Claims> claims = Optional.ofNullable(verified.getIfPresent(token));
        if (claims.isEmpty()) {
            claims = verify(token);
            claims.ifPresent(checked -> verified.put(token, checked));
        }
        return claims.filter(checked -> clock.instant().isBefore(checked.expiresAt()))
                .flatMap(this::alive);
    }

    /** As they are now: gone and locked are nobody, and a new entity of the same name is somebody else. */
    private Optional<Principal> alive(Claims claims) {
        Optional<Entity> entity = directory.entity(claims.id());
        if (entity.isEmpty()) {
            return claims.number() == 0
                    ? Optional.of(new Principal(claims.id(), claims.source(), claims.groups(), Set.of()))
                    : Optional.empty();
        }
        return entity.filter(now -> !now.locked() && now.number() == claims.number())
                .map(now -> new Principal(
                        now.id(), claims.source(), directory.groupsOf(now.id()), directory.capabilities(now)));
    }

    /** The algorithm is ours to say and not the token's (RFC 8725, 3.1); so are issuer and audience. */
    private Optional<Claims> verify(String token) {
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            String id = parsed.getHeader().getKeyID();
            if (!JWSAlgorithm.RS256.equals(parsed.getHeader().getAlgorithm()) || id == null) {
                return Optional.empty();
            }
            Optional<RSAKey> key = keys.find(id);
            if (key.isEmpty() || !parsed.verify(new RSASSAVerifier(key.get()))) {
                return Optional.empty();
            }
            JWTClaimsSet claims = parsed.getJWTClaimsSet();
            boolean ours = issuer.equals(claims.getIssuer())
                    && claims.getAudience().contains(AUDIENCE)
                    && claims.getSubject() != null
                    && claims.getExpirationTime() != null;
            return ours ? Optional.of(claims(claims)) : Optional.empty();
        } catch (ParseException | JOSEException forged) {
            return Optional.empty();
        }
    }

    private static Claims claims(JWTClaimsSet claims) throws ParseException {
        return new Claims(
                claims.getSubject(),
                claims.getStringClaim(SOURCE),
                claims.getLongClaim(NUMBER),
                Set.copyOf(claims.getStringListClaim(GROUPS)),
                claims.getExpirationTime().toInstant());
    }

    @Override
    public String rotate() {
        return keys.rotate(clock.instant().minus(lifetime)).getKeyID();
    }

    @Override
    public String keySet() {
        return keys.publicSet();
    }
}
