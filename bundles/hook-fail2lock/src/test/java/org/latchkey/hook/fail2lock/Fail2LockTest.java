package org.latchkey.hook.fail2lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.testkit.MemoryOutbox;
import org.slf4j.LoggerFactory;

public class Fail2LockTest {

    private static final Duration INTERVAL = Duration.ofSeconds(900);

    private final MemoryState state = new MemoryState();
    private final TestClock clock = new TestClock();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final SignIn signIn = new SignIn(hook(3), Duration.ZERO);

    private DirectoryHook hook(int allowed) {
        return new Fail2Lock(state, outbox, allowed, INTERVAL, clock, Duration.ofMillis(50));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(signIn.with("wrong")).isFalse();
        }
    }

    @Test
    public void row36_threeFailuresRefuseTheRightSecretUntilTheIntervalHasPassed() {
        fail(3);
        assertThat(signIn.with("right")).isFalse();
        assertThat(signIn.judged).hasValue(3);

        clock.advance(INTERVAL.minusMillis(1));
        assertThat(signIn.with("right")).isFalse();

        clock.advance(Duration.ofMillis(1));
        assertThat(signIn.with("right")).isTrue();
    }

    @Test
    public void row110TheLastFailureThatIsLetPassIsToldOf() {
        fail(2);
        assertThat(outbox.notices()).isEmpty();
        fail(2);
        assertThat(outbox.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo("fail2lock.locked");
            assertThat(notice.content()).containsEntry("failures", "3").containsKeys("entity", "address");
        });
    }

    @Test
    public void row36_theWindowSlidesFailureByFailure() {
        fail(1);
        clock.advance(Duration.ofSeconds(600));
        fail(2);
        assertThat(signIn.with("right")).isFalse();

        clock.advance(Duration.ofSeconds(300));
        fail(1);
        assertThat(signIn.with("right")).isFalse();
    }

    @Test
    public void row36_theLogNamesEntityFailuresAndLimit() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Fail2Lock.class);
        lines.start();
        log.addAppender(lines);
        try {
            fail(4);
        } finally {
            log.detachAppender(lines);
        }

        assertThat(lines.list).hasSize(1);
        ILoggingEvent line = lines.list.get(0);
        assertThat(line.getLevel()).hasToString("WARN");
        assertThat(line.getMessage()).isEqualTo("fail2lock is locking an entity");
        assertThat(line.getKeyValuePairs())
                .map(Object::toString)
                .containsExactly("entity=\"ada\"", "fails=\"3\"", "allowed=\"3\"");
    }

    @Test
    public void row37_successClearsTheFailures() {
        fail(2);
        assertThat(signIn.with("right")).isTrue();
        fail(2);
        assertThat(signIn.with("right")).isTrue();
    }

    @Test
    public void row37_successWithNothingToClearWritesNothing() {
        assertThat(signIn.with("right")).isTrue();

        assertThat(state.writes).hasValue(0);
    }

    @Test
    public void row38_resetClearsAtTheNextAttemptAndTheFlagGoes() {
        fail(3);
        signIn.flag();

        assertThat(signIn.with("right")).isTrue();
        assertThat(signIn.isFlagged()).isFalse();
        fail(2);
        assertThat(signIn.with("right")).isTrue();
    }

    @Test
    public void row38_onlyTheSingleValueResetIsObeyed() {
        fail(3);
        signIn.stored.set(signIn.stored.get().withKv(Fail2Lock.KEY, List.of("RESET", "RESET")));
        assertThat(signIn.with("right")).isFalse();
        signIn.stored.set(signIn.stored.get().withKv(Fail2Lock.KEY, List.of("reset")));
        assertThat(signIn.with("right")).isFalse();
    }

    @Test
    public void row40_resetIsOneShotEvenWhenTheNextSecretIsWrong() {
        fail(3);
        signIn.flag();
        signIn.judged.set(0);

        fail(10);

        assertThat(signIn.judged).hasValue(3);
        assertThat(signIn.isFlagged()).isFalse();
        assertThat(signIn.with("right")).isFalse();
    }

    @Test
    public void row40_aFlagThatCouldNotBeRemovedIsIgnored() {
        fail(3);
        signIn.flag();
        fail(1);
        signIn.stored.set(
                signIn.stored.get().withKv(Fail2Lock.KEY, Fail2Lock.RESET).withVersion(2));
        signIn.judged.set(0);

        fail(2);
        assertThat(signIn.isFlagged()).isFalse();
        assertThat(signIn.with("right")).isFalse();
        assertThat(signIn.judged).hasValue(2);
    }

    @Test
    public void row40_aFlagSetAgainWorksAgain() {
        fail(3);
        signIn.flag();
        fail(3);
        assertThat(signIn.with("right")).isFalse();

        signIn.flag();
        assertThat(signIn.with("right")).isTrue();
    }

    @Test
    public void l07_refusedAttemptsDoNotCountSoTheWindowDrainsUnderAttack() {
        fail(3);
        for (int minute = 0; minute < 15; minute++) {
            fail(20);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(signIn.with("right")).isTrue();
    }

    @Test
    public void l07_oneEntitysFailuresAreNoOthers() {
        fail(3);

        Entity bob = Entity.named("bob").withVersion(1);
        assertThat(signIn.hook.preAuthCheck(bob, signIn.attempt())).isSameAs(bob);
    }

    @Test
    public void l07_anAttemptThatAnotherHookRefusedEarlierDoesNotCount() {
        for (int i = 0; i < 5; i++) {
            signIn.hook.failedAuthCheck(signIn.stored.get(), signIn.attempt());
        }

        assertThat(signIn.with("right")).isTrue();
    }

    @Test
    public void l08_failuresSurviveAReplacementOfThePlugin() {
        for (int i = 0; i < 3; i++) {
            fail(1);
            signIn.hook = hook(3);
        }

        assertThat(signIn.with("right")).isFalse();
    }

    @Test
    public void row15_aChangedLimitHoldsFromTheNextAttempt() {
        fail(3);
        signIn.hook = hook(4);
        fail(1);
        assertThat(signIn.with("right")).isFalse();

        signIn.hook = hook(1);
        assertThat(signIn.with("right")).isFalse();
    }

    @Test
    public void aDestroyedEntityLeavesNothingBehind() {
        fail(3);
        signIn.hook.entityDestroy(
                signIn.stored.get(), new Change<>(Caller.shell("request"), Optional.empty(), Optional.empty()));

        assertThat(state.values).isEmpty();
        assertThat(signIn.with("right")).isTrue();
    }

    @Test
    public void whatHasPassedIsRemovedWhenTouched() {
        fail(2);
        signIn.flag();
        assertThat(signIn.with("right")).isTrue();
        assertThat(state.values).isNotEmpty();

        clock.advance(INTERVAL);
        assertThat(signIn.with("right")).isTrue();
        assertThat(state.values).isEmpty();
    }

    @Test
    public void noMoreFailuresAreKeptThanCount() {
        fail(3);
        clock.advance(INTERVAL);
        fail(3);

        assertThat(Tally.parse(state.values.get("ada")).failures()).hasSize(3);
    }

    @Test
    public void settingsThatMakeNoSenseAreRefusedAtActivation() {
        assertThatThrownBy(() -> hook(0)).hasMessageContaining("allowedFails").hasMessageContaining("0");
        assertThatThrownBy(() -> new Fail2Lock(state, new MemoryOutbox(), 3, Duration.ZERO, clock, Duration.ZERO))
                .hasMessageContaining("intervalSeconds");
    }
}
