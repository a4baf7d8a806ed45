package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Scheme;
import org.latchkey.api.extension.Scheme.Claimant;
import org.latchkey.api.extension.Scheme.Proof;
import org.latchkey.api.service.Schemes.Offer;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;

public class SchemesInServiceTest {

    private static final Caller HERE = new Caller("anonymous", Set.of(), "r1", "127.0.0.1", false);
    private static final Caller AFAR = new Caller("anonymous", Set.of(), "r2", "192.0.2.1", false);
    private static final Claimant ADA = new Claimant("ada", "s", AFAR);

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final MemoryAudit audit = new MemoryAudit();
    private final Throttle throttle = throttle(5, Throttle.Local.IS_FREE);
    private final SchemesInService schemes =
            new SchemesInService(points, audit, throttle, throttle(3, Throttle.Local.COUNTS));

    private static Throttle throttle(int most, Throttle.Local local) {
        return new Throttle(new Throttle.Limits(most, most, 100, Duration.ofMinutes(5), local), Ticker.systemTicker());
    }

    /** One whose answer is "good". */
    private static class Good implements Scheme {
        @Override
        public State state(Claimant claimant) {
            return claimant.id().equals("ada") ? State.REGISTERED : State.NOT_AVAILABLE;
        }

        @Override
        public Optional<Proof> verify(Claimant claimant, Secret answer) {
            return switch (String.valueOf(answer.chars())) {
                case "good" -> Optional.of(new Proof(Set.of("otp")));
                case "strange" -> Optional.of(new Proof(Set.of("no word")));
                case "broken" -> throw new IllegalStateException("hunter2");
                default -> Optional.empty();
            };
        }
    }

    private void add(String name, Scheme scheme) {
        points.addCore(Scheme.class, scheme, Map.of(Scheme.NAME, name, Scheme.SETUP, "/" + name));
    }

    private Optional<Proof> verify(Claimant claimant, String name, String answer) {
        try (Secret secret = Secret.of(answer.toCharArray())) {
            return schemes.verify(claimant, name, secret);
        }
    }

    private static void assertRefused(Refusal.Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(call).satisfies(refusal -> assertThat(refusal.kind())
                .isEqualTo(kind));
    }

    @Test
    public void whatIsSomethingForSomebodyIsOffered() {
        add("totp", new Good());
        add("password", new Good());
        assertThat(schemes.offers(ADA, Set.of("totp", "password", "none")))
                .containsOnly(Map.entry("totp", new Offer(Scheme.State.REGISTERED, "totp", "/totp")));
        assertThat(schemes.offers(new Claimant("bob", "s", AFAR), Set.of("totp")))
                .isEmpty();
    }

    @Test
    public void oneThatFailsIsNotThere() {
        add("totp", new Scheme() {
            @Override
            public State state(Claimant claimant) {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(schemes.offers(ADA, Set.of("totp"))).isEmpty();
        assertRefused(Refusal.Kind.UNAVAILABLE, () -> verify(ADA, "none", "good"));
        assertRefused(Refusal.Kind.UNAVAILABLE, () -> schemes.challenge(ADA, "none"));
    }

    @Test
    public void byDefaultASchemeIsNothingAndProvesNothing() {
        add("empty", new Scheme() {});
        assertThat(schemes.offers(ADA, Set.of("empty"))).isEmpty();
        assertThat(verify(ADA, "empty", "")).isEmpty();
    }

    @Test
    public void whatWasJudgedIsRecorded() {
        add("totp", new Good());
        assertThat(verify(ADA, "totp", "good").orElseThrow().amr()).containsExactly("otp");
        assertThat(audit.last().type()).isEqualTo("further-proof");
        assertThat(audit.last().details().toString()).contains("accepted");
        assertThat(verify(ADA, "totp", "wrong")).isEmpty();
        assertThat(audit.last().details().toString()).contains("refused", "rejected");
        assertRefused(Refusal.Kind.UNAVAILABLE, () -> verify(ADA, "totp", "broken"));
        assertRefused(Refusal.Kind.UNAVAILABLE, () -> verify(ADA, "totp", "strange"));
        assertThat(audit.last().details().toString()).contains("failed").doesNotContain("hunter2");
    }

    @Test
    public void L_09_wrongOnesAreBoundedFromThisHostToo() {
        add("totp", new Good());
        for (int i = 0; i < 3; i++) {
            verify(new Claimant("ada", "s" + i, HERE), "totp", "wrong");
        }
        assertRefused(Refusal.Kind.TOO_MANY, () -> verify(new Claimant("ada", "s", HERE), "totp", "good"));
        assertRefused(Refusal.Kind.TOO_MANY, () -> verify(ADA, "totp", "good"));
    }

    @Test
    public void L_09_aRightPasswordDoesNotMakeWrongCodesForgotten() {
        add("totp", new Good());
        for (int i = 0; i < 3; i++) {
            verify(ADA, "totp", "wrong");
            throttle.begin(new Attempt("ada", Optional.empty(), AFAR)).succeeded();
        }
        assertRefused(Refusal.Kind.TOO_MANY, () -> verify(ADA, "totp", "good"));
    }

    @Test
    public void L_09_wrongCodesCountLikeWrongPasswords() {
        add("a", new Good());
        add("b", new Good());
        for (int i = 0; i < 5; i++) {
            verify(ADA, i < 3 ? "a" : "b", "wrong");
        }
        assertRefused(Refusal.Kind.TOO_MANY, () -> throttle.begin(new Attempt("ada", Optional.empty(), AFAR)));
    }
}
