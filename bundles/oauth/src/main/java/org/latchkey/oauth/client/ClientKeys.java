package org.latchkey.oauth.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.oauth.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of clients, from {@code jwks} of their metadata or the {@code jwks_uri} there. What was fetched is used for
 * {@link #FRESH}, and fetched again before that if it does not have the key that is asked for: but never twice within {@link
 * #PAUSE}, whatever is asked, so that nobody can use this server to flood another one. What is too old and cannot be fetched is
 * no longer used (fail closed). A key that a JWT brings with it or points to is never looked at (RFC 8725, 3.10).
 */
public final class ClientKeys {

    /** What clients may sign with. */
    public static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final int MOST = 1_000;
    private static final int LEAST_RSA_BITS = 2_048;
    private static final JWKSet NONE = new JWKSet();
    private static final Logger LOG = LoggerFactory.getLogger(ClientKeys.class);

    private final Documents documents;
    private final Clock clock;

    /** By {@code jwks_uri}, without those that were used least recently. */
    private final Map<String, Fetched> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fetched> eldest) {
            return size() > MOST;
        }
    };

    public ClientKeys(Documents documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /** Whether a JWT is signed with a key of that client, by one of {@link #ALGORITHMS}. */
    public boolean isSignedBy(RegisteredClient client, SignedJWT jwt) {
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            return false;
        }
        if (client.client().metadata().get("jwks") instanceof Map<?, ?> own) {
            return verifies(parsed(own), jwt);
        }
        Optional<String> uri = client.client().text("jwks_uri");
        if (uri.isEmpty()) {
            return false;
        }
        Fetched fetched = fetched(uri.get());
        return verifies(fetched.keys(FRESH), jwt) || verifies(fetched.keys(PAUSE), jwt);
    }

    /** Whether that client is registered with exactly that certificate: the first of {@code x5c} of a key (RFC 8705, 2.2.2). */
    boolean has(RegisteredClient client, X509Certificate certificate) {
        if (client.client().metadata().get("jwks") instanceof Map<?, ?> own) {
            return has(parsed(own), certificate);
        }
        Optional<String> uri = client.client().text("jwks_uri");
        if (uri.isEmpty()) {
            return false;
        }
        Fetched fetched = fetched(uri.get());
        return has(fetched.keys(FRESH), certificate) || has(fetched.keys(PAUSE), certificate);
    }

    private static boolean has(JWKSet keys, X509Certificate certificate) {
        return keys.getKeys().stream()
                .map(JWK::getParsedX509CertChain)
                .anyMatch(chain ->
                        chain != null && !chain.isEmpty() && chain.get(0).equals(certificate));
    }

    private Fetched fetched(String uri) {
        synchronized (cache) {
            return cache.computeIfAbsent(uri, Fetched::new);
        }
    }

    private static boolean verifies(JWKSet keys, SignedJWT jwt) {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(jwt.getHeader());
        List<JWK> fit = new JWKSelector(matcher).select(keys);
        return fit.stream().anyMatch(key -> verifies(key, jwt));
    }

    private static boolean verifies(JWK key, SignedJWT jwt) {
        if (key instanceof OctetKeyPair edwards) {
            return EdwardsSignature.isBy(edwards, jwt);
        }
        try {
            Optional<JWSVerifier> verifier = verifier(key);
            return verifier.isPresent() && jwt.verify(verifier.get());
        } catch (JOSEException unfit) {
            return false; // such as an algorithm for another curve
        }
    }

    private static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa && rsa.size() >= LEAST_RSA_BITS) {
            return Optional.of(new RSASSAVerifier(rsa.toPublicJWK()));
        }
        return key instanceof ECKey ec ? Optional.of(new ECDSAVerifier(ec.toPublicJWK())) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // a JSON object has texts as names
    private static JWKSet parsed(Map<?, ?> keys) {
        try {
            return JWKSet.parse((Map<String, Object>) keys);
        } catch (ParseException malformed) {
            return NONE;
        }
    }

    /** What is at one address. */
    private final class Fetched {

        private final String uri;
        private JWKSet keys = NONE;
        private Instant triedAt = Instant.MIN;
        private Instant fetchedAt = Instant.MIN;

        private Fetched(String uri) {
            this.uri = uri;
        }

        /** The keys, fetched anew if they are of that age and may be. */
        synchronized JWKSet keys(Duration age) {
            Instant now = clock.instant();
            if (isOlder(fetchedAt, age, now) && isOlder(triedAt, PAUSE, now)) {
                triedAt = now;
                fetch(now);
            }
            return isOlder(fetchedAt, FRESH, now) ? NONE : keys;
        }

        private static boolean isOlder(Instant moment, Duration age, Instant now) {
            return moment.equals(Instant.MIN) || !now.isBefore(moment.plus(age));
        }

        private void fetch(Instant now) {
            try {
                String text = documents.fetch(URI.create(uri));
                Map<String, Object> json = Json.object(text).orElseThrow(() -> new IOException("this is no JSON"));
                keys = JWKSet.parse(json);
                fetchedAt = now;
            } catch (IOException | ParseException | IllegalArgumentException failed) {
                LOG.atWarn()
                        .addKeyValue("uri", uri)
                        .addKeyValue("reason", failed.getMessage())
                        .log("the keys of a client cannot be fetched");
            }
        }
    }
}
