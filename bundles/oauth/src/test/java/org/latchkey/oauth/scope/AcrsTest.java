package org.latchkey.oauth.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.extension.Scheme.State;
import org.latchkey.api.service.Sessions.Proved;

public class AcrsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, Proved> PASSWORD = Map.of("password", new Proved(Set.of("pwd"), NOW, 0));

    private final Acrs acrs = Acrs.of(List.of("1=", "https://x.example/mfa?a=b=password + totp", "3=password+key"));

    private static Evidence evidence(Map<String, State> states) {
        return new Evidence(PASSWORD, states, NOW, NOW);
    }

    private static AcrWish wish(boolean essential, String... values) {
        return new AcrWish(List.of(values), essential);
    }

    @Test
    public void theFirstThatIsAskedForAndMetElseTheStrongest() {
        assertThat(acrs.reached(List.of(), Set.of())).hasValue("1");
        assertThat(acrs.reached(List.of("3", "1"), Set.of("password"))).hasValue("1");
        assertThat(acrs.reached(List.of(), Set.of("password", "totp"))).hasValue("https://x.example/mfa?a=b");
        assertThat(acrs.reached(List.of("1"), Set.of("password", "key"))).hasValue("1");
        assertThat(Acrs.of(List.of("2=totp")).reached(List.of("2"), Set.of())).isEmpty();
    }

    @Test
    public void whatSomebodyHasNotSetUpIsTriedForOnlyIfItHasToBe() {
        Evidence evidence = evidence(Map.of("key", State.AVAILABLE));
        assertThat(acrs.step(wish(false, "3"), evidence)).isEmpty();
        assertThat(acrs.step(wish(true, "3"), evidence))
                .hasValue(new Acrs.Step(false, List.of(new Want(Set.of(), Set.of("key"), 1))));
        assertThat(acrs.step(wish(true, "4", "https://x.example/mfa?a=b"), evidence))
                .isEmpty();
    }

    @Test
    public void theBestThatIsWithinReachIsTriedFor() {
        Evidence evidence = evidence(Map.of("key", State.AVAILABLE, "totp", State.REGISTERED));
        assertThat(acrs.step(wish(true, "3", "https://x.example/mfa?a=b"), evidence))
                .hasValue(new Acrs.Step(false, List.of(new Want(Set.of("totp"), Set.of(), 1))));
    }

    @Test
    public void allThatIsWrongWithThemIsSaidAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Acrs.of(List.of("1=", "1=password", "no sign", "=x", "2=Not A Name")))
                .withMessageContainingAll("two of \"1\"", "\"no sign\"", "\"=x\"", "\"2=Not A Name\"");
    }

    @Test
    public void wishesComeOfTheClaimsElseOfTheParameter() {
        Map<String, Object> essential =
                Map.of("id_token", Map.of("acr", Map.of("essential", true, "values", List.of("3", "2"))));
        assertThat(AcrWish.of(Optional.of("1"), essential)).isEqualTo(wish(true, "3", "2"));
        assertThat(AcrWish.of(Optional.empty(), Map.of("id_token", Map.of("acr", Map.of("value", "2")))))
                .isEqualTo(wish(false, "2"));
        assertThat(AcrWish.of(Optional.of(" 2  1 "), Map.of("id_token", Map.of("acr", Map.of("essential", true)))))
                .isEqualTo(wish(false, "2", "1"));
        assertThat(AcrWish.of(Optional.of(" "), Map.of())).isEqualTo(AcrWish.NONE);
    }
}
