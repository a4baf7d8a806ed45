package org.latchkey.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Begun;
import org.latchkey.api.service.Sessions.Proved;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.Sessions.Wishes;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;
import org.latchkey.testkit.ReplicaStore;

/** What was proved in a session, in the store and on a replica. */
public class SessionProofsTest {

    private static final Caller CALLER = new Caller("anonymous", Set.of(), "r-1", "127.0.0.1", false);
    private static final Principal ADA = new Principal("ada", "directory", Set.of(), Set.of());
    private static final Principal BOB = new Principal("bob", "directory", Set.of(), Set.of());
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, Set<String>> TYPED = Map.of(Sessions.PASSWORD, Set.of("pwd"));

    private final MemoryStore store = new MemoryStore();
    private final List<StoredSessions> both = List.of(over(store), over(new ReplicaStore(new MemoryStore())));

    private static StoredSessions over(Store store) {
        MemoryDirectory directory = new MemoryDirectory();
        directory.entities.put("ada", Entity.named("ada").withNumber(7));
        directory.entities.put("bob", Entity.named("bob").withNumber(8));
        return new StoredSessions(
                store,
                directory,
                new LocalExtensionPoints(),
                new MemoryAudit(),
                new MemoryOutbox(),
                new FakeConfig(),
                new MovableClock(NOW));
    }

    private static Begun begin(Sessions sessions, Principal who, Optional<String> before) {
        return sessions.begin(CALLER, who, new Wishes(false, false), before, TYPED, "");
    }

    @Test
    public void aFurtherProofIsKeptUnderANewCookieAndTheOldOneIsGoodForNothing() {
        for (StoredSessions sessions : both) {
            Begun first = begin(sessions, ADA, Optional.empty());
            Begun second =
                    sessions.proved(first.session(), "totp", Set.of("otp")).orElseThrow();
            assertThat(second.session().id()).isEqualTo(first.session().id());
            assertThat(second.session().signedInAt()).isEqualTo(first.session().signedInAt());
            assertThat(sessions.find(first.cookie())).isEmpty();
            Session found = sessions.find(second.cookie()).orElseThrow();
            assertThat(found.proofs())
                    .containsOnly(
                            Map.entry("password", new Proved(Set.of("pwd"), NOW, 0)),
                            Map.entry("totp", new Proved(Set.of("otp"), NOW, 0)));
            assertThat(sessions.byId(found.id())).hasValue(found);
        }
    }

    @Test
    public void theSamePersonGoesOnWithThemAnotherHasNone() {
        for (StoredSessions sessions : both) {
            Begun first = begin(sessions, ADA, Optional.empty());
            Begun second =
                    sessions.proved(first.session(), "totp", Set.of("otp")).orElseThrow();
            Begun same = begin(sessions, ADA, Optional.of(second.cookie()));
            assertThat(same.session().proofs()).containsOnlyKeys("password", "totp");
            Begun other = begin(sessions, BOB, Optional.of(same.cookie()));
            assertThat(other.session().proofs()).containsOnlyKeys("password");
            assertThat(sessions.proved(same.session(), "totp", Set.of("otp"))).isEmpty();
        }
    }

    @Test
    public void usesAreCountedUnlessSomethingWasUsedMeanwhile() {
        for (StoredSessions sessions : both) {
            Begun begun = begin(sessions, ADA, Optional.empty());
            begun = sessions.proved(begun.session(), "totp", Set.of("otp")).orElseThrow();
            assertThat(sessions.use(begun.session(), Set.of("totp"))).isTrue();
            assertThat(sessions.use(begun.session(), Set.of("totp")))
                    .as("judged before the use")
                    .isFalse();
            Session now = sessions.find(begun.cookie()).orElseThrow();
            assertThat(now.proofs().get("totp").uses()).isEqualTo(1);
            assertThat(sessions.use(now, Set.of("totp", "password"))).isTrue();
            assertThat(sessions.use(now, Set.of("nothing"))).isFalse();
        }
    }

    @Test
    public void ofManyWhoUseOneProofAtOnceOneDoes() throws Exception {
        for (StoredSessions sessions : both) {
            Session session = begin(sessions, ADA, Optional.empty()).session();
            List<Boolean> used = Race.of(4, lane -> sessions.use(session, Set.of("password")));
            assertThat(used).containsOnlyOnce(true);
        }
    }

    @Test
    public void aSessionOfBeforeThereWereProofsHasNone() {
        StoredSessions sessions = both.get(0);
        begin(sessions, ADA, Optional.empty());
        var item = store.list("session", "", "", 1).get(0);
        String old = item.body().replaceFirst(",?\"proofs\":\\{.*?\\}\\}", "");
        assertThat(old).doesNotContain("proofs");
        assertThat(Kept.of(item.key(), old, 1).session().proofs()).isEmpty();
    }
}
