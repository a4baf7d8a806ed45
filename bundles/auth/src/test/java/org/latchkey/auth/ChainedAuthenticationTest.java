package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Authorizer;
import org.latchkey.api.extension.Authorizer.Vote;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.service.Explanation;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryOutbox;

public class ChainedAuthenticationTest {

    private static final Authenticator FAILS = attempt -> {
        throw new IllegalStateException("broken");
    };
    private static final Authenticator REJECTS = attempt -> new Verdict.Rejected("wrong");
    private static final Authenticator ACCEPTS = attempt ->
            new Verdict.Accepted(new Principal(attempt.id(), "x", Set.of("staff"), Set.of(Capability.GLOBAL_ROOT)));

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final MemoryAudit audit = new MemoryAudit();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Throttle throttle = new Throttle(
            new Throttle.Limits(3, 3, 100, Duration.ofMinutes(5), Throttle.Local.COUNTS), Ticker.systemTicker());
    private final ChainedAuthentication authentication =
            new ChainedAuthentication(points, directory, new FakeOperations(), audit, outbox, throttle);

    @Test
    public void whoeverIsThereAndChosenVouches() {
        points.add(Authenticator.class, ACCEPTS, "org.example.a", 0, "");
        assertThat(authentication.vouches("org.example.a.Main", Set.of())).isTrue();
        assertThat(authentication.vouches("org.example.a.Main", Set.of("org.example.a")))
                .isTrue();
        assertThat(authentication.vouches("org.example.a.Main", Set.of("org.example.b")))
                .isFalse();
        assertThat(authentication.vouches("directory", Set.of())).isFalse();
        points.clear(Authenticator.class);
        assertThat(authentication.vouches("org.example.a.Main", Set.of())).isFalse();
    }

    @Test
    public void nobodyAcceptsMeansRejected() {
        assertThat(signIn("alice")).isEmpty();
        plugin(REJECTS);
        plugin(attempt -> Verdict.NOT_MINE);
        plugin(attempt -> null);
        assertThat(signIn("alice")).isEmpty();
    }

    @Test
    public void l19_theFirstThatAcceptsDecidesWhateverFailedBefore() {
        plugin(FAILS);
        plugin(REJECTS);
        plugin(attempt -> {
            throw new Refusal("no", "No.");
        });
        plugin(ACCEPTS);
        assertThat(signIn("alice")).isPresent();
    }

    @Test
    public void aRequisiteRejectionIsFinal() {
        points.addCore(Authenticator.class, REJECTS, Map.of(Authenticator.CONTROL, "requisite"));
        plugin(ACCEPTS);
        assertThat(signIn("alice")).isEmpty();
    }

    @Test
    public void aRequisiteThatDoesNotKnowTheNamePassesOn() {
        points.addCore(Authenticator.class, attempt -> Verdict.NOT_MINE, Map.of(Authenticator.CONTROL, "requisite"));
        plugin(ACCEPTS);
        assertThat(signIn("alice")).isPresent();
    }

    @Test
    public void aPluginVouchesForWhoSomebodyIsAndNotForWhatTheyMayDo() {
        plugin(ACCEPTS);
        assertThat(signIn("alice").orElseThrow().capabilities()).isEmpty();
        directory.entities.put("alice", Entity.named("alice").withCapabilities(Set.of(Capability.LOCK_ENTITY)));
        assertThat(signIn("alice").orElseThrow().capabilities()).containsExactly(Capability.LOCK_ENTITY);
        directory.entities.put("alice", Entity.named("alice").withLocked(true));
        assertThat(signIn("alice")).isEmpty();
    }

    private List<String> told() {
        return outbox.notices().stream()
                .map(notice -> notice.type() + " " + new TreeMap<>(notice.content()))
                .toList();
    }

    @Test
    public void row110ASignInIsToldOfWithItsSource() {
        plugin(ACCEPTS);
        signIn("alice");
        assertThat(told())
                .singleElement()
                .asString()
                .matches("authentication.succeeded \\{address=.+, entity=alice, source=.+}");
    }

    /** The directory tells of its own rejections, and nobody of names that nobody knows. */
    @Test
    public void row110ARejectionByAPluginIsToldOfIfItKnowsTheName() {
        directory.entities.put("alice", Entity.named("alice"));
        plugin(attempt -> Verdict.NOT_MINE);
        signIn("hunter2");
        points.clear(Authenticator.class);
        points.addCore(Authenticator.class, REJECTS, Map.of());
        signIn("bob");
        assertThat(told()).isEmpty();
        points.clear(Authenticator.class);
        plugin(REJECTS);
        signIn("alice");
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("authentication.failed ")
                .contains("entity=alice");
        points.clear(Authenticator.class);
        plugin(ACCEPTS);
        directory.entities.put("alice", Entity.named("alice").withLocked(true));
        signIn("alice");
        assertThat(told()).hasSize(2).last().asString().contains("outcome=", "locked");
    }

    /** LDAP rejects names that it will not ask for, and people type their secrets where the name should be. */
    @Test
    public void row110WhatNobodyKnowsIsNotToldWhenAPluginRejectsIt() {
        plugin(REJECTS);
        signIn("hunter2");
        String huge = "h".repeat(65_536);
        directory.entities.put(huge, Entity.named("huge"));
        signIn(huge);
        directory.entities.put("hunter\n2", Entity.named("huge"));
        signIn("hunter\n2");
        assertThat(told())
                .hasSize(3)
                .allMatch(each -> each.matches("authentication.failed \\{address=.+, outcome=.+}"));
        assertThat(told().toString()).doesNotContain("entity", "hhh", "hunter");
    }

    /** A plugin may vouch for somebody under another name than they typed. */
    @Test
    public void row110ThatSomebodyIsLockedIsToldUnderTheNameOfTheDirectory() {
        directory.entities.put("alice", Entity.named("alice").withLocked(true));
        plugin(attempt -> new Verdict.Accepted(new Principal("alice", "x", Set.of(), Set.of())));
        assertThat(signIn("hunter2")).isEmpty();
        assertThat(told())
                .singleElement()
                .asString()
                .contains("authentication.failed", "entity=alice", "locked")
                .doesNotContain("hunter2");
    }

    @Test
    public void aRejectionWithoutAReasonIsOneAllTheSame() {
        plugin(attempt -> new Verdict.Rejected(null));
        plugin(ACCEPTS);
        assertThat(signIn("alice")).isPresent();
        points.clear(Authenticator.class);
        plugin(attempt -> new Verdict.Rejected(null));
        assertThat(signIn("alice")).isEmpty();
        assertThat(told()).last().asString().contains("authentication.failed", "rejected");
    }

    @Test
    public void h13_rootNeverMeetsAPluginAndNoPluginVouchesForRoot() {
        plugin(ACCEPTS);
        plugin(attempt -> new Verdict.Accepted(new Principal("root", "x", Set.of(), Set.of())));
        assertThat(signIn("root")).isEmpty();
        points.clear(Authenticator.class);
        plugin(attempt -> new Verdict.Accepted(new Principal("root", "x", Set.of(), Set.of())));
        assertThat(signIn("alice")).isEmpty();
    }

    @Test
    public void l06_beingTooBusyIsSaidAndNotTakenForAWrongSecret() {
        points.addCore(
                Authenticator.class,
                attempt -> {
                    throw Refusal.of(Refusal.Kind.UNAVAILABLE, "busy", "Try again.");
                },
                Map.of());
        assertThatThrownBy(() -> signIn("alice")).isInstanceOf(Refusal.class).hasMessage("Try again.");
    }

    @Test
    public void row95_aMemberOfAtLeastOneGroupIsPermitted() {
        assertThat(permits(Set.of("a", "b"))).isFalse();
        assertThat(permits(Set.of("staff", "b"))).isTrue();
    }

    @Test
    public void row97_noGroupsMeansEverybody() {
        assertThat(permits(Set.of())).isTrue();
    }

    @Test
    public void oneDenyWinsAndAFailureDenies() {
        points.add(Authorizer.class, (principal, groups) -> Vote.PERMIT);
        assertThat(permits(Set.of("other"))).isTrue();
        points.add(Authorizer.class, (principal, groups) -> Vote.DENY);
        assertThat(permits(Set.of("staff"))).isFalse();
        points.clear(Authorizer.class);
        points.add(Authorizer.class, (principal, groups) -> {
            throw new IllegalStateException("broken");
        });
        assertThat(permits(Set.of("staff"))).isFalse();
        points.clear(Authorizer.class);
        points.add(Authorizer.class, (principal, groups) -> Vote.ABSTAIN);
        assertThat(permits(Set.of("staff"))).isTrue();
    }

    @Test
    public void aSignInHasAReceiptOfEverybodyWhoWasAsked() {
        points.add(Authenticator.class, FAILS, "org.example.a", 3, "");
        points.add(Authenticator.class, FAILS, "org.example.b", 2, "advisory");
        points.add(Authenticator.class, REJECTS, "org.example.c", 1, "");
        points.add(Authenticator.class, attempt -> Verdict.NOT_MINE, "org.example.d", 0, "");
        points.add(Authenticator.class, ACCEPTS, "org.example.e", -1, "");
        points.add(Authenticator.class, REJECTS, "org.example.f", -2, "");
        assertThat(signIn("alice")).isPresent();
        assertThat(audit.last().type()).isEqualTo("sign-in");
        assertThat(audit.last().requestId()).isEqualTo("r1");
        assertThat(audit.last().subject()).isEqualTo("alice");
        assertThat(audit.last().details()).containsEntry("outcome", "ok").containsKey("micros");
        assertThat(verdicts())
                .containsExactly(
                        "org.example.a failed",
                        "org.example.b skipped",
                        "org.example.c rejected",
                        "org.example.d not-mine",
                        "org.example.e accepted");
    }

    @Test
    public void row121_aRejectedSignInHasAReceiptToo() {
        plugin(attempt -> {
            throw new Refusal("too-early", "No.");
        });
        assertThat(signIn("alice")).isEmpty();
        assertThat(audit.last().details()).containsEntry("outcome", "refused:too-early");
        assertThat(verdicts()).containsExactly("test refused:too-early");
    }

    @Test
    public void whoWouldBeAskedIsWhoIsAsked() {
        points.addCore(Authenticator.class, attempt -> Verdict.NOT_MINE, Map.of(Authenticator.CONTROL, "requisite"));
        points.add(Authenticator.class, REJECTS, "org.example.a", 2, "");
        points.add(Authenticator.class, FAILS, "org.example.b", 1, "");
        points.quarantine("org.example.b.Main", "too slow");
        Explanation explained = authentication.explain("alice");
        signIn("alice");
        assertThat(explained.authenticators())
                .extracting(each -> each.plugin() + " " + each.expect() + " " + each.control())
                .containsExactly("org.example.a runs ", "org.example.b fails ", "test runs requisite");
        assertThat(verdicts()).containsExactly("org.example.a rejected", "org.example.b failed", "test not-mine");
        Explanation root = authentication.explain("root");
        assertThat(root.authenticators())
                .extracting(Explanation.Expected::plugin)
                .containsExactly("test");
        assertThat(root.skipped()).extracting(Explanation.Expected::reason).containsOnly("root meets no plugin");
    }

    @Test
    public void withoutARequiredAuthenticatorNobodyButRootIsJudged() {
        points.add(Authenticator.class, ACCEPTS, "org.example.a", 0, "required");
        points.quarantine("org.example.a.Main", "by hand");
        assertThatThrownBy(() -> signIn("alice")).isInstanceOf(Refusal.class).hasMessageContaining("org.example.a");
        assertThat(audit.last().details()).containsEntry("outcome", "refused:policy-missing");
        assertThat(authentication.explain("alice").refusedBy()).isEqualTo("require-policies");
        assertThat(signIn("root")).isEmpty();
        assertThat(authentication.explain("root").refusedBy()).isEmpty();
    }

    @Test
    public void withoutAnAuditLogNobodyButRootAndTheShellSignIn() {
        points.addCore(Authenticator.class, ACCEPTS, Map.of());
        audit.breakDown();
        assertThatThrownBy(() -> signIn("alice"))
                .isInstanceOf(Refusal.class)
                .extracting("code")
                .isEqualTo("audit-unavailable");
        assertThat(signIn("root")).isPresent();
        try (Secret secret = Secret.of("open sesame".toCharArray())) {
            assertThat(authentication.authenticate(new Attempt("alice", Optional.of(secret), Caller.shell("r2"))))
                    .isPresent();
        }
    }

    @Test
    public void anAuthorizersSayStandsInAReceiptAndAMissingOneDenies() {
        assertThat(permits(Set.of("staff"))).isTrue();
        assertThat(audit.events()).isEmpty();
        points.add(Authorizer.class, (principal, groups) -> Vote.ABSTAIN, "org.example.a", 3, "");
        points.add(
                Authorizer.class,
                (principal, groups) -> {
                    throw new IllegalStateException("broken");
                },
                "org.example.b",
                2,
                "advisory");
        points.add(Authorizer.class, (principal, groups) -> Vote.PERMIT, "org.example.c", 1, "required");
        assertThat(permits(Set.of("other"))).isTrue();
        assertThat(verdicts()).containsExactly("org.example.a not-mine", "org.example.b skipped", "org.example.c ok");
        points.quarantine("org.example.c.Main", "by hand");
        assertThat(permits(Set.of("staff"))).isFalse();
        assertThat(audit.last().details()).containsEntry("outcome", "refused:undecided");
    }

    /** Who ran, as the last receipt says. */
    private List<String> verdicts() {
        List<String> verdicts = new ArrayList<>();
        for (Object each : (List<?>) audit.last().details().get("ran")) {
            Map<?, ?> ran = (Map<?, ?>) each;
            verdicts.add(ran.get("plugin") + " " + ran.get("verdict"));
        }
        return verdicts;
    }

    private boolean permits(Set<String> groups) {
        Caller caller = new Caller("app", Set.of(), "r1", "127.0.0.1", false);
        return authentication.permits(caller, new Principal("alice", "directory", Set.of("staff"), Set.of()), groups);
    }

    private void plugin(Authenticator authenticator) {
        points.add(Authenticator.class, authenticator);
    }

    private Optional<Principal> signIn(String id) {
        try (Secret secret = Secret.of("open sesame".toCharArray())) {
            Caller caller = new Caller("anonymous", Set.of(), "r1", "127.0.0.1", false);
            return authentication.authenticate(new Attempt(id, Optional.of(secret), caller));
        }
    }

    @Test
    public void L_07_afterTooManyFailuresNobodyIsAsked() {
        plugin(REJECTS);
        for (int i = 0; i < 3; i++) {
            assertThat(signIn("alice")).isEmpty();
        }
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> signIn("alice"))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY));
        assertThat(signIn("bob")).isEmpty();
    }
}
