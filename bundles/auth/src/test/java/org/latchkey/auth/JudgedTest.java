package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Verdict;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryOutbox;

/** Sign-ins of protocols that choose who judges. */
public class JudgedTest {

    private static final String GATE = "org.example.gate";
    private static final String OTHER = "org.example.other";
    private static final Authenticator FAILS = attempt -> {
        throw new IllegalStateException("broken");
    };
    private static final Authenticator UNAVAILABLE = attempt -> {
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, "gate-unavailable", "Gate does not answer.");
    };
    private static final Authenticator REJECTS = attempt -> new Verdict.Rejected("wrong");
    private static final Authenticator PASSES = attempt -> Verdict.NOT_MINE;
    private static final Authenticator ACCEPTS =
            attempt -> new Verdict.Accepted(new Principal(attempt.id(), "x", Set.of("staff"), Set.of()));

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final MemoryAudit audit = new MemoryAudit();
    private final ChainedAuthentication authentication = new ChainedAuthentication(
            points,
            directory,
            new FakeOperations(),
            audit,
            new MemoryOutbox(),
            new Throttle(
                    new Throttle.Limits(3, 3, 100, Duration.ofMinutes(5), Throttle.Local.COUNTS),
                    Ticker.systemTicker()));

    @Test
    public void row90OnlyTheConfiguredOfTwoCandidatesIsAsked() {
        points.add(Authenticator.class, REJECTS, GATE, 0, "");
        points.add(Authenticator.class, ACCEPTS, OTHER, 1, "");
        assertThat(signIn("ada", GATE)).isEmpty();
        assertThat(audit.last().details().get("ran").toString()).contains(GATE).doesNotContain(OTHER);
        assertThat(signIn("ada", OTHER)).map(Principal::source).contains(OTHER + ".Main");
        assertThat(signIn("ada")).isPresent();
    }

    @Test
    public void row90WithoutTheConfiguredOneNobodyIsJudged() {
        points.add(Authenticator.class, REJECTS, OTHER, 1, "");
        assertUnavailable("ada", GATE);
        assertThat(audit.last().details()).containsEntry("outcome", "refused:authenticator-unavailable");
        points.clear(Authenticator.class);
        assertUnavailable("ada");
    }

    @Test
    public void anotherChosenOneMayAcceptWhileOneIsMissing() {
        points.add(Authenticator.class, ACCEPTS, OTHER, 1, "");
        assertThat(signIn("ada", GATE, OTHER)).isPresent();
    }

    @Test
    public void row94AFaultIsNotARejection() {
        for (Authenticator fault : new Authenticator[] {FAILS, UNAVAILABLE, attempt -> null}) {
            points.clear(Authenticator.class);
            points.add(Authenticator.class, fault, GATE, 0, "");
            points.add(Authenticator.class, PASSES, OTHER, 0, "");
            assertUnavailable("ada", GATE);
            assertUnavailable("ada");
            assertThat(general("ada")).isEmpty();
        }
    }

    @Test
    public void whatSomebodyElseRejectsWhileOneFailsIsNotKnown() {
        points.add(Authenticator.class, FAILS, GATE, 1, "");
        points.add(Authenticator.class, REJECTS, OTHER, 0, "");
        assertUnavailable("ada");
    }

    @Test
    public void aFinalRejectionCountsWhoeverFails() {
        points.add(Authenticator.class, FAILS, GATE, 1, "");
        points.addCore(Authenticator.class, REJECTS, Map.of(Authenticator.CONTROL, "requisite"));
        assertThat(signIn("ada")).isEmpty();
    }

    @Test
    public void anAdvisoryOneMayFail() {
        points.add(Authenticator.class, FAILS, GATE, 1, "advisory");
        points.add(Authenticator.class, REJECTS, OTHER, 0, "");
        assertThat(signIn("ada")).isEmpty();
    }

    @Test
    public void nobodyIsShutOutByFaultsButGuessingWhileOneFailsCounts() {
        points.add(Authenticator.class, FAILS, GATE, 1, "");
        for (int i = 0; i < 5; i++) {
            assertUnavailable("ada");
        }
        points.add(Authenticator.class, REJECTS, OTHER, 0, "");
        for (int i = 0; i < 3; i++) {
            assertUnavailable("ada");
        }
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> signIn("ada")).satisfies(no -> assertThat(no.kind())
                .isEqualTo(Refusal.Kind.TOO_MANY));
    }

    @Test
    public void rootMeetsNoPluginAndTheLockedDoNotComeIn() {
        points.add(Authenticator.class, ACCEPTS, GATE, 1, "");
        assertThat(signIn("root", GATE)).isEmpty();
        directory.entities.put("ada", Entity.named("ada").withLocked(true));
        assertThat(signIn("ada", GATE)).isEmpty();
    }

    private void assertUnavailable(String id, String... chosen) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> signIn(id, chosen))
                .satisfies(no -> {
                    assertThat(no.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                    assertThat(no.code()).isEqualTo("authenticator-unavailable");
                });
    }

    private Optional<Principal> signIn(String id, String... chosen) {
        try (Secret secret = Secret.of("open sesame".toCharArray())) {
            return authentication.authenticate(attempt(id, secret), Set.of(chosen));
        }
    }

    private Optional<Principal> general(String id) {
        try (Secret secret = Secret.of("open sesame".toCharArray())) {
            return authentication.authenticate(attempt("general-" + id, secret));
        }
    }

    private static Attempt attempt(String id, Secret secret) {
        return new Attempt(id, Optional.of(secret), new Caller("anonymous", Set.of(), "r1", "192.0.2.1", false));
    }
}
