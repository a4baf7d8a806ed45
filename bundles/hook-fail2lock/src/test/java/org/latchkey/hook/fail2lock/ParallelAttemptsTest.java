package org.latchkey.hook.fail2lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.Race;

public class ParallelAttemptsTest {

    private final MemoryState state = new MemoryState();

    private DirectoryHook hook(Clock clock, Duration patience) {
        return new Fail2Lock(state, new MemoryOutbox(), 3, Duration.ofSeconds(900), clock, patience);
    }

    private SignIn signIn(Duration hash) {
        return new SignIn(hook(Clock.systemUTC(), Fail2Lock.PATIENCE), hash);
    }

    @Test
    public void row39_fiftyWrongSecretsAtOnceGetThreeGuesses() throws Exception {
        SignIn signIn = signIn(Duration.ofMillis(20));

        List<Boolean> answers = Race.of(50, lane -> signIn.with("wrong"));

        assertThat(answers).containsOnly(false);
        assertThat(signIn.judged).hasValue(3);
        assertThat(Tally.parse(state.values.get("ada")).failures()).hasSize(3);
        assertThat(signIn.with("right")).isFalse();
    }

    @Test
    public void row39_oneFailureLeavesTwoGuessesToFifty() throws Exception {
        SignIn signIn = signIn(Duration.ofMillis(20));
        signIn.with("wrong");

        Race.of(50, lane -> signIn.with("wrong"));

        assertThat(signIn.judged).hasValue(3);
    }

    @Test
    public void row39_tenRightSecretsAtOnceAreAllAccepted() throws Exception {
        SignIn signIn = signIn(Duration.ofMillis(75));

        assertThat(Race.of(10, lane -> signIn.with("right"))).containsOnly(true);
    }

    @Test
    public void row40_aResetSeenByFiftyAtOnceClearsOnce() throws Exception {
        SignIn signIn = signIn(Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            signIn.with("wrong");
        }
        signIn.flag();
        signIn.judged.set(0);

        Race.of(50, lane -> signIn.with("wrong"));

        assertThat(signIn.judged).hasValue(3);
        assertThat(signIn.isFlagged()).isFalse();
    }

    @Test
    public void row39_rightSecretsAreAcceptedHoweverLongJudgingTakes() throws Exception {
        SignIn signIn = signIn(Duration.ofMillis(300));

        assertThat(Race.of(10, lane -> signIn.with("right"))).containsOnly(true);
    }

    @Test
    public void row39_aRightSecretIsRefusedAfterThreeFailuresEvenIfItBeganBefore() {
        SignIn signIn = new SignIn(hook(new TestClock(), Duration.ZERO), Duration.ZERO);
        Entity ada = signIn.stored.get();
        List<Attempt> attempts = Stream.generate(signIn::attempt).limit(4).toList();
        attempts.forEach(each -> signIn.hook.preAuthCheck(ada, each));

        attempts.subList(0, 3).forEach(each -> signIn.hook.failedAuthCheck(ada, each));
        assertThatThrownBy(() -> signIn.hook.postAuthCheck(ada, attempts.get(3)))
                .isInstanceOf(Refusal.class);
        signIn.hook.failedAuthCheck(ada, attempts.get(3));

        assertThat(Tally.parse(state.values.get("ada")).failures()).hasSize(3);
        assertThat(state.writes).hasValue(3);
    }

    @Test
    public void row39_afterAFailureWhoeverFindsAllPlacesTakenIsRefused() {
        SignIn signIn = new SignIn(hook(new TestClock(), Duration.ofMillis(30)), Duration.ZERO);
        signIn.with("wrong");
        begin(signIn, 2);

        long start = System.nanoTime();
        assertThat(signIn.with("right")).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(signIn.judged).hasValue(1);
    }

    @Test
    public void placesOfAttemptsThatNeverEndAreFreedAfterAWhile() {
        TestClock clock = new TestClock();
        SignIn signIn = new SignIn(hook(clock, Duration.ZERO), Duration.ZERO);
        signIn.with("wrong");
        begin(signIn, 2);
        assertThat(signIn.with("right")).isFalse();

        clock.advance(Places.LIFETIME);
        assertThat(signIn.with("right")).isTrue();
    }

    private static void begin(SignIn signIn, int attempts) {
        for (int i = 0; i < attempts; i++) {
            signIn.hook.preAuthCheck(signIn.stored.get(), signIn.attempt());
        }
    }
}
