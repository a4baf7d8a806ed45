package org.latchkey.oauth.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.http.Request;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Json;

/**
 * Judges a JWT by which a client authenticates itself (RFC 7523, 3; OpenID Connect Core, 9: {@code private_key_jwt} and {@code
 * client_secret_jwt}). Stricter than these: {@code iat} and {@code jti} are required, a JWT lives {@link #LONGEST_LIFE} at most
 * and is good once, and every audience must be this server (draft-ietf-oauth-rfc7523bis: what is meant for two could be passed
 * on by one of them).
 */
final class ClientAssertion {

    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final int LONGEST_ID = 256;
    private static final Set<JWSAlgorithm> SYMMETRIC =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    /** What is asked of an assertion, in this order; the last uses it up. */
    private final List<Check> checks = List.of(
            new Check("its JSON is ambiguous", this::isUnambiguous),
            new Check("iss and sub are not the client", this::isOfClient),
            new Check("aud is not this server alone", this::isForThisServer),
            new Check("iat is missing, or in the future", this::isIssued),
            new Check("nbf is in the future", this::isBegun),
            new Check("exp is missing, past, or more than five minutes after iat", this::isShortLived),
            new Check("jti is missing or too long", this::isNamed),
            new Check("alg is not the one it is registered for", this::isOfAlgorithm),
            new Check("the signature is wrong", this::isSigned),
            new Check("it was used before", this::isFirst));

    private final Clients clients;
    private final Issuer issuer;
    private final ClientKeys keys;
    private final Once once;
    private final Clock clock;

    ClientAssertion(Clients clients, Issuer issuer, ClientKeys keys, Once once, Clock clock) {
        this.clients = clients;
        this.issuer = issuer;
        this.keys = keys;
        this.once = once;
        this.clock = clock;
    }

    /** @param fault what is wrong if it fails, for the log */
    private record Check(String fault, Test test) {}

    @FunctionalInterface
    private interface Test {
        boolean passes(Subject subject);
    }

    private record Subject(RegisteredClient client, SignedJWT jwt, JWTClaimsSet claims, Request request) {}

    /** What is wrong with an assertion, for the log; nothing if the client is who it says. */
    Optional<String> fault(RegisteredClient client, String assertion, Request request) {
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            Subject subject = new Subject(client, jwt, jwt.getJWTClaimsSet(), request);
            return checks.stream()
                    .filter(check -> !check.test().passes(subject))
                    .findFirst()
                    .map(check -> "of the assertion " + check.fault());
        } catch (ParseException malformed) {
            return Optional.of("the assertion is malformed");
        }
    }

    /** No name twice, in header and claims. */
    private boolean isUnambiguous(Subject subject) {
        return Json.object(subject.jwt().getHeader().toBase64URL().decodeToString())
                        .isPresent()
                && Json.object(subject.jwt().getPayload().toString()).isPresent();
    }

    private boolean isOfClient(Subject subject) {
        String id = subject.client().id();
        return id.equals(subject.claims().getIssuer())
                && id.equals(subject.claims().getSubject());
    }

    private boolean isForThisServer(Subject subject) {
        Set<String> ours = new HashSet<>(List.of(
                issuer.url(), issuer.at("/token"), issuer.at(subject.request().path())));
        List<String> audience = subject.claims().getAudience();
        return !audience.isEmpty() && ours.containsAll(audience);
    }

    private boolean isIssued(Subject subject) {
        return at(subject.claims().getIssueTime())
                .filter(issued -> !issued.isAfter(clock.instant().plus(SKEW)))
                .isPresent();
    }

    private boolean isBegun(Subject subject) {
        return at(subject.claims().getNotBeforeTime())
                .map(begin -> !begin.isAfter(clock.instant().plus(SKEW)))
                .orElse(true);
    }

    private boolean isShortLived(Subject subject) {
        Instant latest = subject.claims().getIssueTime().toInstant().plus(LONGEST_LIFE);
        return at(subject.claims().getExpirationTime())
                .filter(end -> end.isAfter(clock.instant().minus(SKEW)) && !end.isAfter(latest))
                .isPresent();
    }

    private boolean isNamed(Subject subject) {
        String id = subject.claims().getJWTID();
        return id != null && !id.isEmpty() && id.length() <= LONGEST_ID;
    }

    private boolean isOfAlgorithm(Subject subject) {
        JWSAlgorithm algorithm = subject.jwt().getHeader().getAlgorithm();
        boolean isRegistered = subject.client()
                .client()
                .text("token_endpoint_auth_signing_alg")
                .map(algorithm.getName()::equals)
                .orElse(true);
        return isRegistered
                && switch (subject.client().authMethod()) {
                    case "private_key_jwt" -> ClientKeys.ALGORITHMS.contains(algorithm);
                    case "client_secret_jwt" -> SYMMETRIC.contains(algorithm);
                    default -> false;
                };
    }

    private boolean isSigned(Subject subject) {
        return subject.client().authMethod().equals("private_key_jwt")
                ? keys.isSignedBy(subject.client(), subject.jwt())
                : clients.signingSecrets(subject.client()).stream()
                        .anyMatch(secret -> isSignedWith(secret, subject.jwt()));
    }

    private static boolean isSignedWith(String secret, SignedJWT jwt) {
        try {
            return jwt.verify(new MACVerifier(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException unfit) {
            return false; // such as an algorithm for longer keys
        }
    }

    /** Kept until it is past for the clocks of all nodes. */
    private boolean isFirst(Subject subject) {
        Instant end = subject.claims().getExpirationTime().toInstant().plus(SKEW.multipliedBy(2));
        String purpose = "assertion " + issuer.url() + " " + subject.client().id();
        return once.isFirst(purpose, subject.claims().getJWTID(), end);
    }

    private static Optional<Instant> at(Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }
}
