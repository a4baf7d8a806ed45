package org.latchkey.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * The keys that sign tokens, kept in the store as JSON Web Keys (RFC 7517). The newest signs; the ones
 * before it verify until everything they signed has expired.
 */
final class SigningKeys {

    private static final String KIND = "signing-key";
    private static final int MOST_KEYS = 100;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Store store;
    private final int bits;
    private final Clock clock;
    private final AtomicLong lastReread = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private volatile List<RSAKey> keys = List.of();

    SigningKeys(Store store, int bits, Clock clock) {
        this.store = store;
        this.bits = bits;
        this.clock = clock;
    }

    /** The newest key; the very first use makes one. */
    RSAKey current() {
        List<RSAKey> known = keys;
        return known.isEmpty() ? first() : known.get(0);
    }

    private synchronized RSAKey first() {
        reread();
        return keys.isEmpty() ? rotate(Instant.MIN) : keys.get(0);
    }

    /** The key of that id, also if another node has just made it. */
    Optional<RSAKey> find(String id) {
        Optional<RSAKey> known = known(id);
        if (known.isEmpty() && mayReread()) {
            reread();
            known = known(id);
        }
        return known;
    }

    /** Not for every forged token. */
    private boolean mayReread() {
        long now = System.nanoTime();
        long last = lastReread.get();
        return now - last > PAUSE_NANOS && lastReread.compareAndSet(last, now);
    }

    private Optional<RSAKey> known(String id) {
        return keys.stream().filter(key -> key.getKeyID().equals(id)).findFirst();
    }

    String publicSet() {
        current();
        List<JWK> all = new ArrayList<>(keys);
        return new JWKSet(all).toString(true);
    }

    /** Makes a new key, and drops those that were replaced before {@code expired}. */
    synchronized RSAKey rotate(Instant expired) {
        reread();
        RSAKey fresh = generate();
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Put(new Item(KIND, fresh.getKeyID(), 0, fresh.toJSONString(), List.of())));
        for (int i = 1; i < keys.size(); i++) {
            boolean replacedLongAgo = keys.get(i - 1).getIssueTime().toInstant().isBefore(expired);
            if (replacedLongAgo) {
                writes.add(new Write.Delete(KIND, keys.get(i).getKeyID(), 1));
            }
        }
        try {
            store.commit(writes);
        } catch (Store.Conflict another) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Somebody else rotates the keys at this moment.");
        }
        reread();
        return fresh;
    }

    /** Newer than the newest by a second at least, which is as fine as a JSON Web Key tells the time. */
    private RSAKey generate() {
        Instant now = clock.instant();
        Instant next =
                keys.isEmpty() ? now : keys.get(0).getIssueTime().toInstant().plusSeconds(1);
        Instant issued = next.isAfter(now) ? next : now;
        try {
            return new RSAKeyGenerator(bits)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .issueTime(Date.from(issued))
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private synchronized void reread() {
        List<RSAKey> read = new ArrayList<>();
        for (Item item : store.list(KIND, "", "", MOST_KEYS)) {
            try {
                read.add(RSAKey.parse(item.body()));
            } catch (ParseException damaged) {
                // The cause would show the key.
                throw new IllegalStateException("The signing key " + item.key() + " is damaged");
            }
        }
        read.sort(Comparator.comparing((RSAKey key) -> key.getIssueTime())
                .thenComparing(RSAKey::getKeyID)
                .reversed());
        keys = List.copyOf(read);
    }
}
