package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;

public class RotationTest {

    private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
    private static final JWSAlgorithm ES = JWSAlgorithm.ES256;
    private static final JWSAlgorithm ED = JWSAlgorithm.EdDSA;
    private static final KeyAges AGES = new KeyAges(Duration.ofDays(10), Duration.ofHours(2));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryStore store = new MemoryStore();

    private SigningKeys node(Store on, JWSAlgorithm... algorithms) {
        return new SigningKeys(on, "oidc", List.of(algorithms), Optional.empty(), AGES, clock);
    }

    private static String sign(SigningKeys keys) {
        return keys.sign(ES, ACCESS, Map.of("sub", "alice"));
    }

    private static String kid(String token) throws Exception {
        return JWSObject.parse(token).getHeader().getKeyID();
    }

    private static Set<String> published(SigningKeys keys) throws Exception {
        return JWKSet.parse(keys.publicSet()).getKeys().stream()
                .map(JWK::getKeyID)
                .collect(Collectors.toSet());
    }

    @Test
    public void theKeyThatTakesOverWasPublishedBefore() throws Exception {
        SigningKeys keys = node(store, ES, ED);
        for (int i = 0; i < 5; i++) {
            Set<String> cached = published(keys);
            String before = sign(keys);
            keys.rotate();
            String after = sign(keys);

            assertThat(cached).contains(kid(before), kid(after));
            assertThat(kid(after)).isNotEqualTo(kid(before));
            assertThat(keys.verify(before, ACCESS)).isPresent();
            assertThat(published(keys)).contains(kid(before));
        }
    }

    @Test
    public void aRetiredKeyGoesWhenWhatItSignedHasExpired() throws Exception {
        SigningKeys keys = node(store, ES);
        published(keys);
        String old = sign(keys);
        keys.rotate();
        clock.advance(Duration.ofHours(2));
        keys.tidy();
        assertThat(keys.verify(old, ACCESS)).isPresent();

        clock.advance(Duration.ofMinutes(6));
        assertThat(keys.verify(old, ACCESS))
                .as("remembered, but of a key that is gone")
                .isEmpty();
        keys.tidy();
        assertThat(published(keys)).hasSize(2).doesNotContain(kid(old));
        assertThat(store.list(StoredKey.KIND, "", "", 10)).hasSize(2);
        assertThat(keys.verify(old, ACCESS)).isEmpty();
    }

    @Test
    public void keysRotateByThemselvesWhenTheyAreOld() throws Exception {
        SigningKeys keys = node(store, ES);
        keys.tidy();
        String first = kid(sign(keys));
        clock.advance(Duration.ofDays(9));
        keys.tidy();
        assertThat(kid(sign(keys))).isEqualTo(first);

        clock.advance(Duration.ofDays(1));
        keys.tidy();
        String second = kid(sign(keys));
        assertThat(second).isNotEqualTo(first);
        keys.tidy();
        assertThat(kid(sign(keys))).as("once").isEqualTo(second);
    }

    @Test
    public void anotherNodeVerifiesAtOnceWhatANewKeySigned() throws Exception {
        SigningKeys one = node(store, ES);
        SigningKeys other = node(store, ES);
        assertThat(published(other)).isEqualTo(published(one));
        one.rotate();
        assertThat(other.verify(sign(one), ACCESS)).as("was the next").isPresent();
        one.rotate();
        clock.advance(Duration.ofSeconds(2));
        assertThat(other.verify(sign(one), ACCESS)).as("was unknown").isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(kid(sign(other))).isEqualTo(kid(sign(one)));
        assertThat(published(other)).isEqualTo(published(one));
    }

    @Test
    public void aNodeThatHasNotHeardOfItMaySignMeanwhile() throws Exception {
        SigningKeys one = node(store, ES);
        SigningKeys late = node(store, ES);
        sign(late);
        one.tidy();
        one.rotate();
        clock.advance(Duration.ofSeconds(30));
        String token = sign(late);
        assertThat(one.verify(token, ACCESS)).isPresent();
        clock.advance(Duration.ofHours(2));
        one.tidy();
        assertThat(one.verify(token, ACCESS)).as("as long as it lives").isPresent();
    }

    @Test
    public void manyNodesMakeOneKeyAndRotateOnce() throws Exception {
        List<SigningKeys> nodes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            nodes.add(node(store, ES, ED));
        }
        Set<String> first = Set.copyOf(Race.of(8, lane -> kid(sign(nodes.get(lane)))));
        assertThat(first).hasSize(1);
        Race.of(8, lane -> nodes.get(lane).publicSet());
        assertThat(store.list(StoredKey.KIND, "", "", 100)).hasSize(4);

        clock.advance(Duration.ofDays(11));
        Race.of(8, lane -> {
            nodes.get(lane).tidy();
            return lane;
        });
        assertThat(store.list(StoredKey.KIND, "", "", 100))
                .as("each with one retired")
                .hasSize(6);
        assertThat(Set.copyOf(Race.of(8, lane -> kid(sign(nodes.get(lane)))))).hasSize(1);
    }

    @Test
    public void noRequestFailsWhileKeysRotate() throws Exception {
        SigningKeys keys = new SigningKeys(store, "oidc", List.of(ES), Optional.empty(), AGES, Clock.systemUTC());
        keys.tidy();
        List<Integer> done = Race.of(4, lane -> {
            for (int i = 0; i < 50; i++) {
                if (lane == 0) {
                    keys.rotate();
                } else {
                    assertThat(keys.verify(sign(keys), ACCESS)).isPresent();
                }
            }
            return lane;
        });
        assertThat(done).hasSize(4);
    }

    @Test
    public void whatIsNotOfferedAnyMoreStillVerifiesAndRetires() throws Exception {
        SigningKeys before = node(store, ES, ED);
        before.tidy();
        String token = sign(before);
        SigningKeys after = node(store, ED);
        after.tidy();
        assertThat(after.verify(token, ACCESS)).isPresent();
        assertThat(published(after)).contains(kid(token));

        after.rotate();
        clock.advance(Duration.ofHours(3));
        after.tidy();
        assertThat(after.verify(token, ACCESS)).isEmpty();
    }

    @Test
    public void forgedTokensDoNotMakeItReadTheStoreEachTime() {
        Counting counting = new Counting(store);
        SigningKeys keys = node(counting, ES);
        String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"unknown-";
        sign(keys);
        clock.advance(Duration.ofSeconds(2));
        int before = counting.lists;
        for (int i = 0; i < 1000; i++) {
            String forged = Base64URL.encode(header + i + "\"}") + ".e30.AAAA";
            assertThat(keys.verify(forged, ACCESS)).isEmpty();
        }
        assertThat(counting.lists - before).isEqualTo(1);
    }

    @Test
    public void whileTheStoreIsAwayTheKnownKeysServe() {
        Counting broken = new Counting(store);
        SigningKeys keys = node(broken, ES);
        String token = sign(keys);
        broken.away = true;
        clock.advance(Duration.ofMinutes(2));
        assertThat(keys.verify(sign(keys), ACCESS)).isPresent();
        assertThat(keys.verify(token, ACCESS)).isPresent();
        assertThatThrownBy(keys::rotate).isInstanceOf(Refusal.class);
        clock.advance(Duration.ofSeconds(2));
        String others = sign(new SigningKeys(new MemoryStore(), "oidc", List.of(ES), Optional.empty(), clock));
        assertThatThrownBy(() -> keys.verify(others, ACCESS)).isInstanceOf(Refusal.class);
        broken.away = false;
        keys.rotate();
        assertThat(keys.verify(token, ACCESS)).isPresent();
    }

    @Test
    public void aDamagedKeyIsNotReplacedUnnoticed() throws Exception {
        node(store, ES).tidy();
        StoredKey key = new KeyStorage(store, "oidc", clock)
                .read()
                .in(KeyState.CURRENT, ES)
                .orElseThrow();
        Write.Put put = (Write.Put) key.put("oidc");
        store.commit(List.of(new Write.Put(new Item(
                StoredKey.KIND,
                put.item().key(),
                key.version(),
                "{\"jwk\":{\"d\":\"private\"}}",
                put.item().indexes()))));
        SigningKeys keys = node(store, ES);

        assertThatThrownBy(() -> sign(keys))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ES256")
                .hasMessageNotContaining("private");
    }

    /** Counts how often it is asked, and can go away. */
    private static final class Counting implements Store {

        private final Store inner;
        private volatile boolean away;
        private volatile int lists;

        Counting(Store inner) {
            this.inner = inner;
        }

        private Store reach() {
            if (away) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "store-away", "The database cannot be reached.");
            }
            return inner;
        }

        @Override
        public Optional<Item> get(String kind, String key) {
            return reach().get(kind, key);
        }

        @Override
        public List<Item> list(String kind, String prefix, String after, int limit) {
            lists++;
            return reach().list(kind, prefix, after, limit);
        }

        @Override
        public List<Item> find(String kind, String field, String value, String after, int limit) {
            return reach().find(kind, field, value, after, limit);
        }

        @Override
        public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
            return reach().scan(kind, field, prefix, afterValue, afterKey, limit);
        }

        @Override
        public Optional<String> highest(String kind, String field) {
            return reach().highest(kind, field);
        }

        @Override
        public void commit(List<Write> writes) throws Conflict {
            reach().commit(writes);
        }
    }
}
