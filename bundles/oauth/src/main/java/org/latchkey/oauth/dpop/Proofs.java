package org.latchkey.oauth.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.Once;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.PublicKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges proofs that a client has a key (RFC 9449, 4.3). A proof is for one request: it is good once, for {@link #LIFE}, whatever
 * node it is sent to; if the store cannot tell whether it was used, it is not taken.
 */
public final class Proofs {

    /** The header of requests that carries a proof. */
    public static final String HEADER = "DPoP";

    static final Duration LIFE = Duration.ofSeconds(60);

    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
    private static final int LONGEST = 8 * 1024;
    private static final int LONGEST_ID = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);

    /** What is asked of a proof, in this order. Then it may need a nonce, and in the end it is used up. */
    private final List<Check> checks = List.of(
            new Check("its JSON is ambiguous", Proofs::isUnambiguous),
            new Check("typ is not dpop+jwt", Proofs::isTyped),
            new Check("alg is not offered", this::isOfAlgorithm),
            new Check("its header has crit or b64", Proofs::isPlain),
            new Check("jwk is no public key", Proofs::hasPublicKey),
            new Check("the signature is wrong", Proofs::isSigned),
            new Check("htm is not the method", Proofs::isForMethod),
            new Check("htu is not the URL of this endpoint", Proofs::isForUrl),
            new Check("iat is missing, old, or in the future", this::isFresh),
            new Check("nbf is in the future", this::isBegun),
            new Check("exp is past", this::isNotExpired),
            new Check("jti is missing or too long", Proofs::isNamed),
            new Check("ath is not the hash of the access token", Proofs::isForToken));

    private final Issuer issuer;
    private final Set<JWSAlgorithm> algorithms;
    private final NoncePolicy policy;
    private final Nonces nonces;
    private final Once once;
    private final Clock clock;

    /**
     * @param issuer of the instance, whose URLs proofs are for
     * @param algorithms that proofs may be signed by
     * @param policy whose proofs need a nonce
     * @param once where used proofs are remembered
     */
    public Proofs(
            Issuer issuer, Set<JWSAlgorithm> algorithms, NoncePolicy policy, Nonces nonces, Once once, Clock clock) {
        this.issuer = issuer;
        this.algorithms = Set.copyOf(algorithms);
        this.policy = policy;
        this.nonces = nonces;
        this.once = once;
        this.clock = clock;
    }

    /** @param fault what is wrong if it fails; the client is told */
    private record Check(String fault, Test test) {}

    @FunctionalInterface
    private interface Test {
        boolean passes(Subject subject);
    }

    private record Subject(
            SignedJWT jwt, JWTClaimsSet claims, String method, String url, Optional<String> accessToken) {}

    /** The names of what proofs may be signed by. */
    public Set<String> algorithms() {
        return algorithms.stream().map(JWSAlgorithm::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The key that a request proves; {@link Binding#NONE} if it does not try.
     *
     * @param client that sends it
     * @param accessToken that it comes with, if it does
     * @throws Refused {@code invalid_dpop_proof}; {@code use_dpop_nonce} with the nonce to use
     */
    public Binding shown(Request request, RegisteredClient client, Optional<String> accessToken) throws Refused {
        Optional<String> proof = request.header(HEADER);
        if (proof.isEmpty()) {
            return Binding.NONE;
        }
        Subject subject = subject(request, proof.get(), accessToken);
        for (Check check : checks) {
            if (!check.test().passes(subject)) {
                throw refused(request, check.fault());
            }
        }
        requireNonce(client, subject.claims());
        String thumbprint = thumbprint(subject.jwt());
        Instant end = clock.instant().plus(LIFE).plus(SKEW.multipliedBy(3));
        if (!once.isFirst(
                "dpop " + issuer.url() + " " + thumbprint, subject.claims().getJWTID(), end)) {
            throw refused(request, "it was used before");
        }
        return Binding.to(thumbprint);
    }

    private Subject subject(Request request, String proof, Optional<String> accessToken) throws Refused {
        try {
            if (proof.length() > LONGEST) {
                throw refused(request, "it is too long");
            }
            SignedJWT jwt = SignedJWT.parse(proof);
            String url = normalized(issuer.at(request.path())).orElseThrow();
            return new Subject(jwt, jwt.getJWTClaimsSet(), request.method(), url, accessToken);
        } catch (ParseException malformed) {
            throw refused(request, "it is no signed JWT, or there is more than one");
        }
    }

    private static Refused refused(Request request, String fault) {
        LOG.atInfo()
                .addKeyValue("request", request.id())
                .addKeyValue("reason", fault)
                .log("a DPoP proof is refused");
        return Refused.of("invalid_dpop_proof", "Of the DPoP proof: " + fault + ".");
    }

    /** What the client needs for its next proof. */
    public Response withNonce(Response answer, RegisteredClient client) {
        return policy.asks(client) ? answer.withHeader("DPoP-Nonce", nonces.current()) : answer;
    }

    private void requireNonce(RegisteredClient client, JWTClaimsSet claims) throws Refused {
        Object nonce = claims.getClaim("nonce");
        boolean isGood = nonce == null ? !policy.asks(client) : nonce instanceof String text && nonces.isGood(text);
        if (!isGood) {
            throw Refused.of("use_dpop_nonce", "The DPoP proof needs the nonce that is in the header DPoP-Nonce.")
                    .withHeader("DPoP-Nonce", nonces.current());
        }
    }

    /** No name twice, in header and claims. */
    private static boolean isUnambiguous(Subject subject) {
        return Json.object(subject.jwt().getHeader().toBase64URL().decodeToString())
                        .isPresent()
                && Json.object(subject.jwt().getPayload().toString()).isPresent();
    }

    private static boolean isTyped(Subject subject) {
        return TYPE.equals(subject.jwt().getHeader().getType());
    }

    private boolean isOfAlgorithm(Subject subject) {
        return algorithms.contains(subject.jwt().getHeader().getAlgorithm());
    }

    private static boolean isPlain(Subject subject) {
        Set<String> names = subject.jwt().getHeader().getIncludedParams();
        return !names.contains("crit") && !names.contains("b64");
    }

    private static boolean hasPublicKey(Subject subject) {
        return subject.jwt().getHeader().getJWK() != null
                && !subject.jwt().getHeader().getJWK().isPrivate()
                && PublicKeys.verifier(subject.jwt().getHeader().getJWK()).isPresent();
    }

    private static boolean isSigned(Subject subject) {
        try {
            JWSVerifier verifier =
                    PublicKeys.verifier(subject.jwt().getHeader().getJWK()).orElseThrow();
            return subject.jwt().verify(verifier);
        } catch (JOSEException unfit) {
            return false; // such as an algorithm for keys of another kind
        }
    }

    private static boolean isForMethod(Subject subject) {
        return subject.method().equals(subject.claims().getClaim("htm"));
    }

    private static boolean isForUrl(Subject subject) {
        return subject.claims().getClaim("htu") instanceof String url
                && normalized(url).filter(subject.url()::equals).isPresent();
    }

    /** Without query and fragment, and in the one way that RFC 3986, 6.2.2 and 6.2.3 write it. */
    private static Optional<String> normalized(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean isUsual = uri.getPort() == (scheme.equals("https") ? 443 : 80) || uri.getPort() < 0;
            String port = isUsual ? "" : ":" + uri.getPort();
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private boolean isFresh(Subject subject) {
        Instant now = clock.instant();
        return at(subject.claims().getIssueTime())
                .filter(made -> !made.isAfter(now.plus(SKEW)))
                .filter(made -> made.isAfter(now.minus(LIFE).minus(SKEW)))
                .isPresent();
    }

    private boolean isBegun(Subject subject) {
        return at(subject.claims().getNotBeforeTime())
                .map(begin -> !begin.isAfter(clock.instant().plus(SKEW)))
                .orElse(true);
    }

    private boolean isNotExpired(Subject subject) {
        return at(subject.claims().getExpirationTime())
                .map(end -> end.isAfter(clock.instant().minus(SKEW)))
                .orElse(true);
    }

    private static boolean isNamed(Subject subject) {
        String id = subject.claims().getJWTID();
        return id != null && !id.isEmpty() && id.length() <= LONGEST_ID;
    }

    /** Beside a token only. */
    private static boolean isForToken(Subject subject) {
        return subject.accessToken()
                .map(token -> hash(token).equals(subject.claims().getClaim("ath")))
                .orElse(true);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String thumbprint(SignedJWT jwt) {
        try {
            return jwt.getHeader().getJWK().computeThumbprint().toString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<Instant> at(Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }
}
