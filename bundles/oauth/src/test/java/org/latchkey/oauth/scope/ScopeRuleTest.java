package org.latchkey.oauth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.extension.Scheme.State;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Proved;
import org.latchkey.oauth.scope.ScopeRule.Impossible;
import org.latchkey.oauth.scope.ScopeRule.Met;
import org.latchkey.oauth.scope.ScopeRule.Missing;

public class ScopeRuleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, Proved> proofs = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();
    private Instant begun = NOW;

    private ScopeRuleTest proved(String name, long secondsAgo, int uses) {
        proofs.put(name, new Proved(Set.of(name), NOW.minusSeconds(secondsAgo), uses));
        return this;
    }

    private ScopeRule.Finding judge(ScopeRule rule) {
        return rule.judge(new Evidence(proofs, states, begun, NOW));
    }

    private static ScopeRule password(long seconds) {
        return new ScopeRule(true, Duration.ofSeconds(seconds), List.of(), Duration.ZERO, 0, Set.of());
    }

    private static ScopeRule schemes(long seconds, int uses, SchemeGroup... groups) {
        return new ScopeRule(false, Duration.ZERO, List.of(groups), Duration.ofSeconds(seconds), uses, Set.of());
    }

    private static SchemeGroup group(int required, String... names) {
        return new SchemeGroup("g", Set.of(names), required);
    }

    private static Missing wants(Set<String> choices, Set<String> unset, int count) {
        return new Missing(false, List.of(new Want(choices, unset, count)), Set.of());
    }

    @Test
    public void aPasswordThatMustBeTypedMustBeFreshEnough() {
        Missing missing = new Missing(true, List.of(), Set.of());
        assertThat(judge(password(0))).isEqualTo(missing);
        proved(Sessions.PASSWORD, 3600, 0);
        assertThat(judge(password(0))).isEqualTo(new Met(Set.of()));
        assertThat(judge(password(3600))).isEqualTo(new Met(Set.of()));
        assertThat(judge(password(3599))).isEqualTo(missing);
    }

    @Test
    public void whatWasProvedForThisIsFreshHoweverLongThePagesTook() {
        proved(Sessions.PASSWORD, 600, 0).proved("a", 600, 0);
        states.put("a", State.REGISTERED);
        begun = NOW.minusSeconds(601);
        assertThat(judge(password(5))).isEqualTo(new Met(Set.of()));
        assertThat(judge(schemes(5, 0, group(1, "a")))).isEqualTo(new Met(Set.of("a")));
    }

    @Test
    public void withoutARuleForPasswordsNoneIsNeeded() {
        assertThat(judge(schemes(0, 0))).isEqualTo(new Met(Set.of()));
    }

    @Test
    public void ofEveryGroupAsManyAsItSays() {
        Set.of("a", "b", "c").forEach(name -> states.put(name, State.REGISTERED));
        ScopeRule rule = schemes(0, 0, group(2, "a", "b", "c"), group(1, "c"));
        proved("a", 9, 0);
        assertThat(judge(rule))
                .isEqualTo(new Missing(
                        false,
                        List.of(new Want(Set.of("b", "c"), Set.of(), 1), new Want(Set.of("c"), Set.of(), 1)),
                        Set.of("a")));
        proved("c", 9, 0);
        assertThat(judge(rule)).isEqualTo(new Met(Set.of("a", "c")));
    }

    @Test
    public void whatSomebodyCannotHaveFallsOut() {
        states.put("b", State.REGISTERED);
        assertThat(judge(schemes(0, 0, group(1, "a", "b")))).isEqualTo(wants(Set.of("b"), Set.of(), 1));
    }

    @Test
    public void anEmptiedGroupAndOneThatIsTooSmallMakeItImpossible() {
        assertThat(judge(schemes(0, 0, group(1, "a")))).isEqualTo(new Impossible("g"));
        states.put("a", State.NOT_AVAILABLE);
        proved("a", 1, 0);
        assertThat(judge(schemes(0, 0, group(1, "a")))).isEqualTo(new Impossible("g"));
        states.put("b", State.REGISTERED);
        assertThat(judge(schemes(0, 0, group(2, "a", "b")))).isEqualTo(new Impossible("g"));
    }

    @Test
    public void onlyWhatIsSetUpCounts() {
        states.put("a", State.AVAILABLE);
        proved("a", 1, 0);
        assertThat(judge(schemes(0, 0, group(1, "a")))).isEqualTo(wants(Set.of(), Set.of("a"), 1));
    }

    @Test
    public void aProofCountsForSoLongAndSoOften() {
        states.put("a", State.REGISTERED);
        proved("a", 60, 2);
        assertThat(judge(schemes(60, 3, group(1, "a")))).isEqualTo(new Met(Set.of("a")));
        assertThat(judge(schemes(59, 3, group(1, "a")))).isEqualTo(wants(Set.of("a"), Set.of(), 1));
        assertThat(judge(schemes(60, 2, group(1, "a")))).isEqualTo(wants(Set.of("a"), Set.of(), 1));
    }
}
