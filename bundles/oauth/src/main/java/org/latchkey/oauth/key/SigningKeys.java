package org.latchkey.oauth.key;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.security.Provider;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Store;

/**
 * The keys of one OAuth server: they sign its tokens (RFC 7515), verify them, and are published (RFC 7517). Each key is
 * for one algorithm and no other (RFC 8725, 3.1). Of each there is one that signs, the next, which is published from
 * the start so that nobody who keeps the set for a while meets a key he does not know, and the retired, which verify
 * until what they signed has expired. Several nodes may share one store.
 *
 * <p>Keys are made when they are first asked for, which takes a moment for RSA: to spare the first request that, call
 * {@link #tidy()} on another thread after the start.
 *
 * <p>Whatever changes keys refuses with {@code UNAVAILABLE} while the store cannot be reached. Signing and verifying
 * by the keys that are known go on meanwhile.
 */
public final class SigningKeys {

    /** What can be offered. */
    public static final Set<JWSAlgorithm> ABLE = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA);

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final List<JWSAlgorithm> algorithms;
    private final KeyPairs pairs;
    private final Succession succession;
    private final Map<String, SigningKey> ready = new ConcurrentHashMap<>();
    private final VerifiedTokens verified = new VerifiedTokens();

    /** With {@link KeyAges#USUAL}. */
    public SigningKeys(
            Store store, String instance, List<JWSAlgorithm> algorithms, Optional<Provider> provider, Clock clock) {
        this(store, instance, algorithms, provider, KeyAges.USUAL, clock);
    }

    /**
     * Reads and makes nothing yet.
     *
     * @param instance whose keys: the mount of the server, such as {@code oidc}
     * @param algorithms those it offers, of {@link #ABLE}
     * @param provider signs and verifies faster; the platform does what it does not offer
     * @throws IllegalArgumentException for another algorithm, none at all, or a name that is no mount
     */
    public SigningKeys(
            Store store,
            String instance,
            List<JWSAlgorithm> algorithms,
            Optional<Provider> provider,
            KeyAges ages,
            Clock clock) {
        this.algorithms = algorithms.stream().distinct().toList();
        if (this.algorithms.isEmpty() || !ABLE.containsAll(this.algorithms)) {
            throw new IllegalArgumentException("Tokens cannot be signed by " + algorithms + ", but by some of " + ABLE);
        }
        this.pairs = new KeyPairs(provider);
        KeyStorage storage = new KeyStorage(store, requireInstance(instance), clock);
        this.succession = new Succession(storage, this.algorithms, pairs, ages, clock);
    }

    static String requireInstance(String instance) {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException("Not the name of a mount: " + instance);
        }
        return instance;
    }

    /** What this server signs with, in the order it was told. */
    public List<JWSAlgorithm> algorithms() {
        return algorithms;
    }

    /**
     * A compact JWS with {@code alg}, {@code kid} and {@code typ}.
     *
     * @param type one of the few that the server's code knows, never what a request says
     * @param claims texts, numbers, truth values, lists and maps of those; nested at most 32 deep
     * @throws IllegalArgumentException if the algorithm is not offered, or the claims are no JSON
     * @throws Refusal {@code TOO_LARGE} when it would be longer than 64 Ki characters
     */
    public String sign(JWSAlgorithm algorithm, JOSEObjectType type, Map<String, Object> claims) {
        if (!algorithms.contains(algorithm)) {
            throw new IllegalArgumentException("The algorithm " + algorithm + " is not offered");
        }
        String token = ready(succession.current(algorithm)).sign(type, Json.bytes(claims));
        if (token.length() > CompactToken.MOST_CHARS) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "token-too-large", "The token would say too much.");
        }
        return token;
    }

    private SigningKey ready(StoredKey key) {
        SigningKey known = ready.get(key.kid());
        return known != null ? known : ready.computeIfAbsent(key.kid(), kid -> new SigningKey(key, pairs));
    }

    /**
     * The claims, unmodifiable, whole numbers as Long, if one of this server's keys signed exactly this, as exactly this
     * type. Whether it has expired is for the caller to see, and so is everything else that the claims say. Nothing is
     * ever fetched.
     *
     * @throws Refusal {@code UNAVAILABLE} if it names a key that is not known here while the store, where another node
     *     may have put it, cannot be reached: whether it is good is not known then
     */
    public Optional<Map<String, Object>> verify(String compact, JOSEObjectType type) {
        if (compact.length() > CompactToken.MOST_CHARS) {
            return Optional.empty();
        }
        String hash = VerifiedTokens.hash(compact);
        Optional<VerifiedTokens.Verified> known =
                verified.find(hash).filter(each -> succession.holds(each.kid())).or(() -> verifyAnew(compact, hash));
        return known.filter(each -> each.type().equalsIgnoreCase(type.getType()))
                .map(VerifiedTokens.Verified::claims);
    }

    private Optional<VerifiedTokens.Verified> verifyAnew(String compact, String hash) {
        Optional<CompactToken> token = CompactToken.parse(compact).filter(each -> succession
                .find(each.kid())
                .filter(key -> ready(key).verifies(each))
                .isPresent());
        Optional<VerifiedTokens.Verified> good = token.flatMap(CompactToken::claims)
                .map(claims -> new VerifiedTokens.Verified(
                        token.get().kid(), token.get().type(), claims, compact.length()));
        good.ifPresent(each -> verified.keep(hash, each));
        return good;
    }

    /** The JSON Web Key Set to publish: of every algorithm the key that signs, the next, and those that signed. */
    public String publicSet() {
        return succession.complete().publicJson();
    }

    /** The next key of each algorithm signs from now on, on this node at once and on others within a minute. */
    public void rotate() {
        succession.rotate();
        forget();
    }

    /**
     * To be called from time to time: makes the keys that are missing, replaces those that are due, removes those whose
     * tokens have all expired, and learns what other nodes did.
     */
    public void tidy() {
        succession.tidy();
        forget();
    }

    private void forget() {
        Set<String> kept = succession.keys().keys().stream().map(StoredKey::kid).collect(Collectors.toSet());
        if (ready.keySet().retainAll(kept)) {
            verified.forgetAll();
        }
    }
}
