package org.latchkey.oauth.key;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.Provider;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.latchkey.testkit.MemoryStore;

/**
 * What one processor signs and verifies in a second, by the native provider and by the platform's own: an access token
 * of eight claims, from the map to the text and back. Counted in seconds of processor time, as {@code openssl speed}
 * counts, so that the two can be set beside each other on a machine that does other things too.
 *
 * <p>Arguments: seconds for each figure.
 */
public final class SigningSpeed {

    private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BETWEEN_LOOKS = 16;

    private final long nanos;

    private SigningSpeed(long nanos) {
        this.nanos = nanos;
    }

    public static void main(String[] arguments) {
        // As the bundle of the provider sets it.
        System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
        SigningSpeed speed = new SigningSpeed(TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[0])));
        System.out.printf("%-22s %12s %12s %14s%n", "per second", "sign", "verify", "verify again");
        for (JWSAlgorithm algorithm :
                List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA)) {
            AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            if (corretto.getLoadingError() == null) {
                speed.measure(algorithm, "native", Optional.of(corretto));
            }
            speed.measure(algorithm, "platform", Optional.empty());
        }
    }

    private void measure(JWSAlgorithm algorithm, String name, Optional<Provider> provider) {
        MemoryStore store = new MemoryStore();
        SigningKeys keys = new SigningKeys(store, "oidc", List.of(algorithm), provider, Clock.systemUTC());
        Map<String, Object> claims = claims();
        String token = keys.sign(algorithm, ACCESS, claims);
        StoredKey current = new KeyStorage(store, "oidc", Clock.systemUTC())
                .read()
                .in(KeyState.CURRENT, algorithm)
                .orElseThrow();
        SigningKey key = new SigningKey(current, new KeyPairs(provider));
        double sign = perSecond(() -> keys.sign(algorithm, ACCESS, claims));
        double verify =
                perSecond(() -> CompactToken.parse(token).filter(key::verifies).flatMap(CompactToken::claims));
        double again = perSecond(() -> keys.verify(token, ACCESS));
        System.out.printf("%-22s %,12.0f %,12.0f %,14.0f%n", algorithm + ", " + name, sign, verify, again);
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://id.example.org/oidc");
        claims.put("sub", "alice");
        claims.put("aud", List.of("https://api.example.org"));
        claims.put("client_id", "an-application");
        claims.put("iat", 1_700_000_000L);
        claims.put("exp", 1_700_000_300L);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("scope", "openid profile email");
        return claims;
    }

    /** After as long a time of warming up. */
    private double perSecond(Runnable work) {
        run(work);
        return run(work);
    }

    private double run(Runnable work) {
        long begin = THREADS.getCurrentThreadCpuTime();
        long spent = 0;
        long done = 0;
        while (spent < nanos) {
            for (int i = 0; i < BETWEEN_LOOKS; i++) {
                work.run();
            }
            done += BETWEEN_LOOKS;
            spent = THREADS.getCurrentThreadCpuTime() - begin;
        }
        return done * 1e9 / spent;
    }
}
