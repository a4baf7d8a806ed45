package org.latchkey.oauth.requestobject;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.ClientKeys;
import org.latchkey.oauth.client.RegisteredClient;

/**
 * Opens request objects (RFC 9101; OpenID Connect Core, 6): JWT of a client with the parameters of its request. They are signed
 * with a key that the client is registered with, never with one that they bring along. Unsigned ones are taken from clients alone
 * that are registered with {@code request_object_signing_alg=none}, and for OpenID Connect alone. Encrypted ones are not taken.
 */
public final class RequestObjects {

    /** Between {@code nbf} and {@code exp}, and since {@code nbf}, where it is strict (FAPI 2.0 Message Signing, 5.3.1). */
    static final Duration LONGEST_LIFE = Duration.ofMinutes(60);

    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final int LONGEST = 48 * 1024;
    private static final Set<String> TYPES = Set.of("jwt", "oauth-authz-req+jwt");
    private static final Set<String> OF_THE_JWT = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    /** What is asked of every object, in this order. */
    private final List<Check> checks = List.of(
            new Check("typ is of another kind of JWT", RequestObjects::isTyped),
            new Check("its header has crit or b64", RequestObjects::isPlain),
            new Check("alg is not offered, or not the one it is registered for", this::isOfAlgorithm),
            new Check("the signature is wrong", this::isSigned),
            new Check("iss is not the client", RequestObjects::isOfClient),
            new Check("client_id is not the client", RequestObjects::namesClient),
            new Check("sub is the client, as in what it authenticates itself with", RequestObjects::isNoAssertion),
            new Check("aud is not this server", this::isForThisServer),
            new Check("nbf is in the future", this::isBegun),
            new Check("exp is past", this::isNotExpired),
            new Check("it has request or request_uri", RequestObjects::isNotNested));

    /** What is asked besides where only signed requests are taken. */
    private final List<Check> strict = List.of(
            new Check("it is not signed", subject -> subject.jwt() instanceof SignedJWT),
            new Check("iss is missing", subject -> subject.claims().getIssuer() != null),
            new Check("client_id is missing", subject -> subject.json().containsKey("client_id")),
            new Check(
                    "aud is missing", subject -> !subject.claims().getAudience().isEmpty()),
            new Check("nbf is missing, or more than an hour past", this::isRecent),
            new Check("exp is missing, or more than an hour after nbf", RequestObjects::isShortLived));

    private final Issuer issuer;
    private final Set<JWSAlgorithm> algorithms;
    private final ClientKeys keys;
    private final Clock clock;

    /**
     * @param issuer of the instance, which objects must be for
     * @param algorithms that objects may be signed by
     * @param keys of the clients
     */
    public RequestObjects(Issuer issuer, Set<JWSAlgorithm> algorithms, ClientKeys keys, Clock clock) {
        this.issuer = issuer;
        this.algorithms = Set.copyOf(algorithms);
        this.keys = keys;
        this.clock = clock;
    }

    /** How much is asked of an object. */
    public enum Rule {
        /** What RFC 9101 and OpenID Connect demand. */
        USUAL,
        /** That it is signed, for this server, of this client and of this hour. */
        STRICT
    }

    /** @param fault what is wrong if it fails; the client is told */
    private record Check(String fault, Test test) {}

    @FunctionalInterface
    private interface Test {
        boolean passes(Subject subject);
    }

    private record Subject(RegisteredClient client, JWT jwt, JWTClaimsSet claims, Map<String, Object> json) {}

    /** The names of what objects may be signed by; {@code none} is one. */
    public Set<String> algorithms() {
        Set<String> names =
                algorithms.stream().map(JWSAlgorithm::getName).collect(Collectors.toCollection(TreeSet::new));
        names.add(Algorithm.NONE.getName());
        return names;
    }

    /**
     * The parameters in an object of that client.
     *
     * @throws Refused {@code invalid_request_object}
     */
    public Parameters opened(RegisteredClient client, String object, Rule rule) throws Refused {
        Subject subject = subject(client, object);
        List<Check> all = new ArrayList<>(checks);
        all.addAll(rule == Rule.STRICT ? strict : List.of());
        for (Check check : all) {
            if (!check.test().passes(subject)) {
                throw refused(check.fault());
            }
        }
        return parameters(subject.json()).with("client_id", client.id());
    }

    private static Subject subject(RegisteredClient client, String object) throws Refused {
        if (object.length() > LONGEST) {
            throw refused("it is too long");
        }
        try {
            JWT jwt = JWTParser.parse(object);
            if (!(jwt instanceof SignedJWT || jwt instanceof PlainJWT)) {
                throw refused("it is encrypted, which is not offered");
            }
            if (Json.object(jwt.getParsedParts()[0].decodeToString()).isEmpty()) {
                throw refused("its header is ambiguous");
            }
            Map<String, Object> json = Json.object(jwt.getParsedParts()[1].decodeToString())
                    .orElseThrow(() -> refused("its claims are ambiguous"));
            return new Subject(client, jwt, jwt.getJWTClaimsSet(), json);
        } catch (ParseException malformed) {
            throw refused("it is no JWT");
        }
    }

    private static Refused refused(String fault) {
        return Refused.of("invalid_request_object", "Of the request object: " + fault + ".");
    }

    /** As a form would have them: what is no text is written as JSON. */
    private static Parameters parameters(Map<String, Object> json) throws Refused {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each : json.entrySet()) {
            if (OF_THE_JWT.contains(each.getKey()) || each.getValue() == null) {
                continue;
            }
            boolean isRepeated = each.getKey().equals("resource") && each.getValue() instanceof List<?>;
            List<?> values = isRepeated ? (List<?>) each.getValue() : List.of(each.getValue());
            all.put(each.getKey(), values.stream().map(RequestObjects::text).toList());
        }
        return Parameters.of(all);
    }

    private static String text(Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?> ? Json.value(value) : String.valueOf(value);
    }

    private static boolean isTyped(Subject subject) {
        JOSEObjectType type = subject.jwt().getHeader().getType();
        return type == null || TYPES.contains(type.getType().toLowerCase(java.util.Locale.ROOT));
    }

    private static boolean isPlain(Subject subject) {
        Set<String> names = subject.jwt().getHeader().getIncludedParams();
        return !names.contains("crit") && !names.contains("b64");
    }

    private boolean isOfAlgorithm(Subject subject) {
        Algorithm algorithm = subject.jwt().getHeader().getAlgorithm();
        Optional<String> registered = subject.client().client().text("request_object_signing_alg");
        if (subject.jwt() instanceof PlainJWT) {
            return registered.filter("none"::equals).isPresent();
        }
        return algorithms.contains(JWSAlgorithm.parse(algorithm.getName()))
                && registered.map(algorithm.getName()::equals).orElse(true);
    }

    private boolean isSigned(Subject subject) {
        return subject.jwt() instanceof PlainJWT
                || subject.jwt() instanceof SignedJWT signed && keys.isSignedBy(subject.client(), signed);
    }

    private static boolean isOfClient(Subject subject) {
        String who = subject.claims().getIssuer();
        return who == null || subject.client().id().equals(who);
    }

    private static boolean namesClient(Subject subject) {
        return subject.client()
                .id()
                .equals(subject.json()
                        .getOrDefault("client_id", subject.client().id()));
    }

    private static boolean isNoAssertion(Subject subject) {
        return !subject.client().id().equals(subject.claims().getSubject());
    }

    private boolean isForThisServer(Subject subject) {
        List<String> audience = subject.claims().getAudience();
        return audience.isEmpty() || audience.contains(issuer.url());
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

    private static boolean isNotNested(Subject subject) {
        return !subject.json().containsKey("request") && !subject.json().containsKey("request_uri");
    }

    private boolean isRecent(Subject subject) {
        return at(subject.claims().getNotBeforeTime())
                .filter(begin ->
                        begin.isAfter(clock.instant().minus(LONGEST_LIFE).minus(SKEW)))
                .isPresent();
    }

    private static boolean isShortLived(Subject subject) {
        Instant begin = subject.claims().getNotBeforeTime().toInstant();
        return at(subject.claims().getExpirationTime())
                .filter(end -> !end.isAfter(begin.plus(LONGEST_LIFE)))
                .isPresent();
    }

    private static Optional<Instant> at(Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }
}
