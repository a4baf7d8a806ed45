package org.latchkey.oauth.key;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.latchkey.api.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How keys follow one another, on one node of several that share a store: made when they are needed, published before
 * they sign, kept until what they signed has expired. What nodes do at the same moment, one of them does.
 */
final class Succession {

    private static final Logger log = LoggerFactory.getLogger(Succession.class);

    /** So old may be what this node knows of what others did. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Not more often, whoever sends forged tokens. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KeyStorage storage;
    private final List<JWSAlgorithm> algorithms;
    private final KeyPairs pairs;
    private final KeyAges ages;
    private final Clock clock;

    private final ReentrantLock changing = new ReentrantLock();
    private final AtomicReference<Instant> lastTry = new AtomicReference<>(Instant.EPOCH);
    private volatile KeySet keys = KeySet.UNREAD;

    /** Why the store could not be read the last time, if it could not. */
    private volatile Optional<Refusal> away = Optional.empty();

    Succession(KeyStorage storage, List<JWSAlgorithm> algorithms, KeyPairs pairs, KeyAges ages, Clock clock) {
        this.storage = storage;
        this.algorithms = algorithms;
        this.pairs = pairs;
        this.ages = ages;
        this.clock = clock;
    }

    /** Also what other nodes did up to a minute ago. While the store is away, what was known before. */
    KeySet keys() {
        if (isOlder(keys.readAt(), FRESH) && mayTry()) {
            try {
                reread();
            } catch (Refusal unreachable) {
                log.warn("The keys are not read again, those known before are used: {}", unreachable.getMessage());
            }
        }
        return keys;
    }

    private boolean isOlder(Instant then, Duration age) {
        // A clock that was put back is no reason never to look again.
        return Duration.between(then, clock.instant()).abs().compareTo(age) >= 0;
    }

    private boolean mayTry() {
        Instant last = lastTry.get();
        return isOlder(last, PAUSE) && lastTry.compareAndSet(last, clock.instant());
    }

    /** The key that signs; the first use of an algorithm makes one. */
    StoredKey current(JWSAlgorithm algorithm) {
        Optional<StoredKey> known = keys().in(KeyState.CURRENT, algorithm);
        return known.isPresent() ? known.get() : fill(KeyState.CURRENT, algorithm);
    }

    /** A key that verifies, also if another node has just made it, or nobody has read any yet on this one. */
    Optional<StoredKey> find(String kid) {
        Optional<StoredKey> known = keys().find(kid);
        if (known.isEmpty()) {
            known = mayTry() ? reread().find(kid) : unlessUnderWay(kid);
        }
        return known.filter(key -> !ages.isGone(key, clock.instant()));
    }

    /** Nothing, if that is certain: not while somebody reads, which is to be waited for. */
    private Optional<StoredKey> unlessUnderWay(String kid) {
        Optional<Refusal> reason = away;
        if (reason.isPresent()) {
            throw reason.get();
        }
        return isUnderWay() ? awaited().find(kid) : Optional.empty();
    }

    /** Whether somebody has set about to read, who has not read yet. */
    private boolean isUnderWay() {
        return keys.readAt().isBefore(lastTry.get());
    }

    private KeySet awaited() {
        changing.lock();
        try {
            return isUnderWay() ? reread() : keys;
        } finally {
            changing.unlock();
        }
    }

    /** Whether a key that verified something still does. */
    boolean holds(String kid) {
        return keys().find(kid)
                .filter(key -> !ages.isGone(key, clock.instant()))
                .isPresent();
    }

    /** All keys, after those that are missing were made; a node that only reads gives what there is. */
    KeySet complete() {
        if (!storage.isReadOnly()) {
            for (KeyState state : List.of(KeyState.CURRENT, KeyState.NEXT)) {
                for (JWSAlgorithm algorithm : algorithms) {
                    if (keys().in(state, algorithm).isEmpty()) {
                        fill(state, algorithm);
                    }
                }
            }
        }
        return keys();
    }

    void rotate() {
        changing.lock();
        try {
            for (StoredKey current : inState(reread(), KeyState.CURRENT)) {
                replace(current);
            }
        } finally {
            changing.unlock();
        }
    }

    void tidy() {
        changing.lock();
        try {
            reread();
            if (storage.isReadOnly()) {
                return;
            }
            complete();
            for (StoredKey current : inState(keys, KeyState.CURRENT)) {
                if (ages.isDue(current, clock.instant())) {
                    replace(current);
                }
            }
            for (StoredKey retired : inState(keys, KeyState.RETIRED)) {
                if (ages.isGone(retired, clock.instant()) && storage.delete(retired)) {
                    log.info("The key {} is removed: what it signed has expired", retired.kid());
                }
            }
            reread();
        } finally {
            changing.unlock();
        }
    }

    private static List<StoredKey> inState(KeySet keys, KeyState state) {
        return keys.keys().stream().filter(key -> key.state() == state).toList();
    }

    private KeySet reread() {
        changing.lock(); // what is read later is newer
        try {
            keys = storage.read();
            away = Optional.empty();
            return keys;
        } catch (Refusal unreachable) {
            away = Optional.of(unreachable);
            throw unreachable;
        } finally {
            changing.unlock();
        }
    }

    private StoredKey fill(KeyState state, JWSAlgorithm algorithm) {
        changing.lock();
        try {
            Optional<StoredKey> another = reread().in(state, algorithm);
            if (another.isPresent()) {
                return another.get();
            }
            StoredKey fresh = fresh(state, algorithm);
            if (storage.put(List.of(fresh))) {
                log.info("The key {} for {} is made, it is {}", fresh.kid(), algorithm, state);
            }
            return reread().in(state, algorithm)
                    .orElseThrow(() -> new IllegalStateException("The place of the " + state + " key for " + algorithm
                            + " is taken by one that cannot be read"));
        } finally {
            changing.unlock();
        }
    }

    private StoredKey fresh(KeyState state, JWSAlgorithm algorithm) {
        return new StoredKey(pairs.generate(algorithm), state, clock.instant(), 0);
    }

    /** The published next one signs from now on. Nobody signs any more with an algorithm that is not offered. */
    private void replace(StoredKey current) {
        JWSAlgorithm algorithm = current.algorithm();
        Instant now = clock.instant();
        List<StoredKey> changed = new ArrayList<>();
        changed.add(current.become(KeyState.RETIRED, now)); // first: it leaves its place
        if (algorithms.contains(algorithm)) {
            StoredKey next = keys.in(KeyState.NEXT, algorithm).orElseGet(() -> fresh(KeyState.NEXT, algorithm));
            changed.add(next.become(KeyState.CURRENT, now));
            changed.add(fresh(KeyState.NEXT, algorithm));
        }
        if (storage.put(changed)) {
            log.info("The key {} for {} is retired", current.kid(), algorithm);
        }
        reread();
    }
}
