package org.latchkey.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Claims;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.ClaimSource;
import org.latchkey.api.extension.SessionObserver;
import org.latchkey.api.service.Sessions.Begun;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.Sessions.Trace;
import org.latchkey.api.service.Sessions.Wishes;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.ReplicaStore;

public class StoredSessionsTest {

    private static final Caller CALLER = new Caller("anonymous", Set.of(), "r-1", "127.0.0.1", false);
    private static final Wishes NONE = new Wishes(false, false);
    private static final Principal ALICE = new Principal("alice", "directory", Set.of("staff"), Set.of());
    private static final Principal BOB = new Principal("bob", "directory", Set.of(), Set.of());

    private final MemoryStore store = new MemoryStore();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final List<Session> ended = new ArrayList<>();
    private final List<SessionObserver.Cause> causes = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final StoredSessions sessions = over(store);

    private StoredSessions over(Store any) {
        directory.entities.put("alice", Entity.named("alice").withNumber(7));
        directory.entities.put("bob", Entity.named("bob").withNumber(8));
        points.add(SessionObserver.class, (session, cause) -> {
            ended.add(session);
            causes.add(cause);
        });
        return new StoredSessions(any, directory, points, new MemoryAudit(), outbox, new FakeConfig(), clock);
    }

    private Begun begin(Principal principal, Optional<String> before) {
        return sessions.begin(CALLER, principal, NONE, before);
    }

    @Test
    public void aSessionIsFoundByItsCookieUntilItEnds() {
        Begun begun = begin(ALICE, Optional.empty());
        assertThat(sessions.find(begun.cookie())).contains(begun.session());
        assertThat(sessions.byId(begun.session().id())).contains(begun.session());
        sessions.end(begun.session().id());
        assertThat(sessions.find(begun.cookie())).isEmpty();
        assertThat(sessions.byId(begun.session().id())).isEmpty();
        assertThat(ended).containsExactly(begun.session());
        assertThat(causes).containsExactly(SessionObserver.Cause.SIGNED_OUT);
        sessions.end(begun.session().id());
        assertThat(ended).hasSize(1);
    }

    /** In the commit that ends it, with nothing by which the session could be used or found. */
    @Test
    public void row110TheEndOfASessionIsToldOfOnce() {
        Begun begun = begin(ALICE, Optional.empty());
        sessions.end(begun.session().id());
        sessions.end(begun.session().id());
        assertThat(outbox.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo("session.ended");
            assertThat(notice.content()).containsEntry("entity", "alice").containsEntry("cause", "signed-out");
            assertThat(notice.toString()).doesNotContain(begun.session().id()).doesNotContain(begun.cookie());
        });
    }

    @Test
    public void o17_aNewSecretEndsTheSessionsOfBeforeAndNoOthers() {
        Begun before = begin(ALICE, Optional.empty());
        Begun others = begin(BOB, Optional.empty());
        directory.eras.put("alice", 1L);
        Begun after = begin(ALICE, Optional.empty());

        assertThat(sessions.find(before.cookie())).isEmpty();
        assertThat(sessions.byId(before.session().id())).isEmpty();
        assertThat(sessions.find(after.cookie())).contains(after.session());
        assertThat(sessions.find(others.cookie())).contains(others.session());
        sessions.sweep();
        assertThat(ended).containsExactly(before.session());
        assertThat(causes).containsExactly(SessionObserver.Cause.REVOKED);
    }

    @Test
    public void o17_anotherNodeEndsThemToo() {
        Begun begun = begin(ALICE, Optional.empty());
        StoredSessions elsewhere = over(store);
        assertThat(elsewhere.find(begun.cookie())).isPresent();
        directory.eras.put("alice", 1L);
        assertThat(elsewhere.find(begun.cookie())).isEmpty();
    }

    @Test
    public void o17_theOperatorMayLetSessionsGoOnAfterANewSecretButNotAfterALock() {
        StoredSessions lenient = new StoredSessions(
                store,
                directory,
                points,
                new MemoryAudit(),
                new MemoryOutbox(),
                new FakeConfig(FakeConfig.Eras.GO_ON),
                clock);
        Begun begun = lenient.begin(CALLER, ALICE, NONE, Optional.empty());
        directory.eras.put("alice", 1L);
        assertThat(lenient.find(begun.cookie())).isPresent();
        directory.entities.put("alice", Entity.named("alice").withNumber(7).withLocked(true));
        assertThat(lenient.find(begun.cookie())).isEmpty();
    }

    @Test
    public void peopleSeeTheirOwnSessionsWithWhereTheyAre() {
        sessions.begin(CALLER, ALICE, NONE, Optional.empty(), Map.of(), "Browser/1 " + "x".repeat(300));
        now = now.plusSeconds(90);
        Begun second = begin(ALICE, Optional.empty());
        begin(BOB, Optional.empty());
        begin(new Principal("alice", "ldap", Set.of(), Set.of()), Optional.empty());

        List<Trace> traces = sessions.of(ALICE);
        assertThat(traces).hasSize(2);
        assertThat(traces.get(0).session()).isEqualTo(second.session());
        assertThat(traces.get(0).userAgent()).isEmpty();
        assertThat(traces.get(1).userAgent()).startsWith("Browser/1 x").hasSize(256);
        assertThat(traces.get(1).address()).isEqualTo("127.0.0.1");
        assertThat(traces.get(1).usedAt()).isEqualTo(now.minusSeconds(90));
        sessions.end(second.session().id());
        assertThat(sessions.of(ALICE)).hasSize(1);
    }

    @Test
    public void whatTheBrowserHoldsIsNotInTheStore() {
        Begun begun = begin(ALICE, Optional.empty());
        assertThat(begun.cookie()).matches("[A-Za-z0-9-]{43,}");
        assertThat(store.list("session", "", "", 10))
                .singleElement()
                .satisfies(item -> assertThat(item.key() + item.body()).doesNotContain(begun.cookie()));
        assertThat(begun.toString()).doesNotContain(begun.cookie());
    }

    @Test
    public void L_03_theCookieChangesWithEachSignIn() {
        Begun first = begin(ALICE, Optional.empty());
        now = now.plusSeconds(60);
        Begun again = begin(ALICE, Optional.of(first.cookie()));
        assertThat(sessions.find(first.cookie())).isEmpty();
        assertThat(again.session().id()).isEqualTo(first.session().id());
        assertThat(again.session().signedInAt()).isEqualTo(now);
        assertThat(ended).isEmpty();
    }

    @Test
    public void section6_11_somebodyElsesSignInEndsTheSessionBefore() {
        Begun first = begin(ALICE, Optional.empty());
        Begun other = begin(BOB, Optional.of(first.cookie()));
        assertThat(ended).containsExactly(first.session());
        assertThat(causes).containsExactly(SessionObserver.Cause.REPLACED);
        assertThat(other.session().id()).isNotEqualTo(first.session().id());
        assertThat(sessions.find(first.cookie())).isEmpty();
    }

    @Test
    public void aSessionEndsWhenItIsNotUsed() {
        Begun begun = begin(ALICE, Optional.empty());
        for (int i = 0; i < 5; i++) {
            now = now.plus(Duration.ofMinutes(50));
            assertThat(sessions.find(begun.cookie())).isPresent();
        }
        now = now.plus(Duration.ofMinutes(62));
        assertThat(sessions.find(begun.cookie())).isEmpty();
    }

    @Test
    public void aSessionEndsAtLastHoweverOftenItIsUsed() {
        Begun begun = begin(ALICE, Optional.empty());
        for (int i = 0; i < 23; i++) {
            now = now.plus(Duration.ofMinutes(30));
            assertThat(sessions.find(begun.cookie())).isPresent();
        }
        now = now.plus(Duration.ofMinutes(31));
        assertThat(sessions.find(begun.cookie())).isEmpty();
    }

    @Test
    public void row62_whatEndsByItselfIsToldOfToo() {
        Begun idle = begin(ALICE, Optional.empty());
        now = now.plus(Duration.ofMinutes(30));
        Begun used = begin(BOB, Optional.empty());
        sessions.sweep();
        assertThat(ended).isEmpty();
        now = now.plus(Duration.ofMinutes(40));
        sessions.find(used.cookie());
        sessions.sweep();
        assertThat(ended).containsExactly(idle.session());
        assertThat(causes).containsExactly(SessionObserver.Cause.EXPIRED);
        now = now.plus(Duration.ofMinutes(61));
        sessions.sweep();
        sessions.sweep();
        assertThat(ended).containsExactly(idle.session(), used.session());
    }

    @Test
    public void applicationsHearOfWhoeverIsLocked() {
        Begun begun = begin(ALICE, Optional.empty());
        sessions.sweep();
        assertThat(ended).isEmpty();
        directory.entities.put("alice", Entity.named("alice").withNumber(7).withLocked(true));
        sessions.sweep();
        sessions.sweep();
        assertThat(ended).containsExactly(begun.session());
        assertThat(causes).containsExactly(SessionObserver.Cause.REVOKED);
    }

    @Test
    public void C47_whoIsRememberedIsSoForThirtyDays() {
        Begun begun = sessions.begin(CALLER, ALICE, new Wishes(true, true), Optional.empty());
        now = now.plus(Duration.ofDays(29));
        assertThat(sessions.find(begun.cookie()).orElseThrow().remembered()).isTrue();
        assertThat(sessions.find(begun.cookie()).orElseThrow().warned()).isTrue();
        now = now.plus(Duration.ofDays(2));
        assertThat(sessions.find(begun.cookie())).isEmpty();
    }

    @Test
    public void whoIsLockedOrAnotherOfTheSameNameIsNotSignedIn() {
        Begun begun = begin(ALICE, Optional.empty());
        directory.entities.put("alice", Entity.named("alice").withNumber(7).withLocked(true));
        assertThat(sessions.find(begun.cookie())).isEmpty();
        directory.entities.put("alice", Entity.named("alice").withNumber(9));
        assertThat(sessions.find(begun.cookie())).isEmpty();
        directory.entities.put("alice", Entity.named("alice").withNumber(7));
        assertThat(sessions.find(begun.cookie())).isPresent();
        directory.entities.remove("alice");
        assertThat(sessions.find(begun.cookie())).isEmpty();
    }

    @Test
    public void row54_laterClaimsOverwriteGroupsAreUnitedAndAllIsKept() {
        points.add(
                ClaimSource.class, who -> new Claims(Set.of("x"), Map.of("mail", List.of("a@old"), "a", List.of("1"))));
        points.add(ClaimSource.class, who -> new Claims(Set.of("y"), Map.of("mail", List.of("a@new"))));
        Begun begun = begin(ALICE, Optional.empty());
        Claims kept = sessions.find(begun.cookie()).orElseThrow().claims();
        assertThat(kept.memberOf()).containsExactly("staff", "x", "y");
        assertThat(kept.extra()).containsEntry("mail", List.of("a@new")).containsEntry("a", List.of("1"));
    }

    @Test
    public void row14_allClaimSourcesRunWhateverOthersDo() {
        points.add(ClaimSource.class, who -> {
            throw new IllegalStateException("broken");
        });
        points.add(ClaimSource.class, who -> Claims.of("b", "2"));
        assertThat(begin(ALICE, Optional.empty()).session().claims().extra()).containsEntry("b", List.of("2"));
    }

    @Test
    public void onAReplicaNothingIsWritten() {
        StoredSessions replica = over(new ReplicaStore(store));
        Begun begun = replica.begin(CALLER, ALICE, NONE, Optional.empty());
        assertThat(replica.find(begun.cookie())).contains(begun.session());
        assertThat(store.list("session", "", "", 10)).isEmpty();
        replica.end(begun.session().id());
        assertThat(replica.find(begun.cookie())).isEmpty();
    }
}
