package org.latchkey.scheme.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MovableClock;
import org.latchkey.testkit.Race;

public class AccountsTest {

    private static final Caller SHELL = Caller.shell("r");

    private final MemoryState state = new MemoryState();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Accounts accounts = new Accounts(state, directory, clock);
    private byte[] secret = new byte[0];

    private List<String> setUp(String id) {
        secret = accounts.begin(id, "s1");
        return accounts.confirm(id, "s1", password()).orElseThrow();
    }

    /** One of a step that was not used. */
    private String password() {
        clock.advance(Duration.ofSeconds(30));
        return OneTimePassword.of(secret, OneTimePassword.step(clock.instant()));
    }

    @Test
    public void nothingHoldsBeforeItIsConfirmedInTheSameSessionAndInTime() {
        secret = accounts.begin("ada", "s1");
        assertThat(accounts.of("ada").isRegistered()).isFalse();
        assertThat(accounts.verify("ada", password())).isFalse();
        assertThat(accounts.confirm("ada", "s2", password())).isEmpty();
        assertThat(accounts.confirm("ada", "s1", "000000")).isEmpty();
        clock.advance(Duration.ofMinutes(11));
        assertThat(accounts.confirm("ada", "s1", password())).isEmpty();
        assertThat(setUp("ada")).hasSize(10).doesNotHaveDuplicates();
        assertThat(accounts.of("ada").isRegistered()).isTrue();
    }

    @Test
    public void L_09_thePasswordThatConfirmedIsUsedUp() {
        secret = accounts.begin("ada", "s1");
        String password = password();
        assertThat(accounts.confirm("ada", "s1", password)).isPresent();
        assertThat(accounts.verify("ada", password)).isFalse();
        assertThat(accounts.verify("ada", password())).isTrue();
    }

    @Test
    public void L_09_ofManyAtOnceWithOnePasswordOneIsRight() throws Exception {
        setUp("ada");
        String password = password();
        List<Boolean> right = Race.of(4, lane -> accounts.verify("ada", password));
        assertThat(right).containsOnlyOnce(true);
    }

    @Test
    public void L_09_wrongOnesLockForAGrowingTimeAlsoTheRightOne() {
        setUp("ada");
        for (int i = 0; i < 5; i++) {
            assertThat(accounts.verify("ada", "wrong")).isFalse();
        }
        assertLocked();
        clock.advance(Duration.ofSeconds(31));
        assertThat(accounts.verify("ada", "wrong")).isFalse();
        clock.advance(Duration.ofSeconds(29));
        assertLocked();
        clock.advance(Duration.ofSeconds(31));
        assertThat(accounts.verify("ada", password())).isTrue();
        assertThat(accounts.verify("ada", "wrong")).as("counted anew").isFalse();
        assertThat(accounts.verify("ada", password())).isTrue();
    }

    private void assertLocked() {
        String right = OneTimePassword.of(secret, OneTimePassword.step(clock.instant()) + 1);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> accounts.verify("ada", right))
                .matches(refusal -> refusal.kind() == Refusal.Kind.TOO_MANY);
    }

    @Test
    public void L_12_aRecoveryCodeIsGoodOnceAndKeptAsAHash() throws Exception {
        List<String> codes = setUp("ada");
        assertThat(codes).allMatch(code -> code.matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}"));
        assertThat(state.values.toString()).doesNotContain(codes);
        List<Boolean> right = Race.of(4, lane -> accounts.recover("ada", codes.get(2)));
        assertThat(right).containsOnlyOnce(true);
        assertThat(accounts.recover("ada", codes.get(3).toUpperCase() + " ")).isTrue();
        assertThat(accounts.of("ada").recovery()).hasSize(8);
    }

    @Test
    public void L_12_newCodesTakeThePlaceOfTheOld() {
        List<String> old = setUp("ada");
        List<String> fresh = accounts.renewRecovery("ada");
        assertThat(accounts.recover("ada", old.get(0))).isFalse();
        assertThat(accounts.recover("ada", fresh.get(0))).isTrue();
        assertThat(accounts.renewRecovery("bob")).isEmpty();
    }

    @Test
    public void L_09_theSecretIsSealedForItsPlace() {
        setUp("ada");
        String place = state.values.keySet().stream()
                .filter(key -> key.startsWith("account/"))
                .findFirst()
                .orElseThrow();
        assertThat(state.values.get(place)).doesNotContain(Base32.of(secret));
        SecretBox box = new SecretBox(state);
        String sealed = accounts.of("ada").secret();
        assertThat(box.open(place, sealed)).isEqualTo(secret);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> box.open(place + "x", sealed));
    }

    @Test
    public void aNewEntityOfAnOldNameHasNothing() {
        directory.createEntity(SHELL, Entity.named("ada"), Optional.empty());
        setUp("ada");
        Entity other = directory.entities.get("ada");
        directory.entities.put("ada", other.withNumber(other.number() + 1));
        assertThat(accounts.of("ada").isRegistered()).isFalse();
        assertThat(accounts.verify("ada", password())).isFalse();
    }

    @Test
    public void removedItIsGone() {
        List<String> codes = setUp("ada");
        accounts.remove("ada");
        assertThat(accounts.of("ada")).isEqualTo(Account.NONE);
        assertThat(accounts.verify("ada", password())).isFalse();
        assertThat(accounts.recover("ada", codes.get(0))).isFalse();
        assertThat(state.values.keySet()).noneMatch(key -> key.startsWith("account/"));
    }
}
