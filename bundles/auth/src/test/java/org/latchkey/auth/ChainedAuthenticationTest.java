package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.latchkey.testkit.LocalExtensionPoints;

public class ChainedAuthenticationTest {

    private static final Authenticator FAILS = attempt -> {
        throw new IllegalStateException("broken");
    };
    private static final Authenticator REJECTS = attempt -> new Verdict.Rejected("wrong");
    private static final Authenticator ACCEPTS = attempt ->
            new Verdict.Accepted(new Principal(attempt.id(), "x", Set.of("staff"), Set.of(Capability.GLOBAL_ROOT)));

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final FakeDirectory directory = new FakeDirectory();
    private final ChainedAuthentication authentication = new ChainedAuthentication(points, directory);

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
        directory.put(Entity.named("alice").withCapabilities(Set.of(Capability.LOCK_ENTITY)));
        assertThat(signIn("alice").orElseThrow().capabilities()).containsExactly(Capability.LOCK_ENTITY);
        directory.put(Entity.named("alice").withLocked(true));
        assertThat(signIn("alice")).isEmpty();
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

    private boolean permits(Set<String> groups) {
        return authentication.permits(new Principal("alice", "directory", Set.of("staff"), Set.of()), groups);
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
}
