package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;

public class KeptAnswerTest {

    private final AtomicReference<Object> source = new AtomicReference<>("plugins");
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // nanoTime may overflow
    private final KeptAnswer<Integer> answer = new KeptAnswer<>(source::get, made::incrementAndGet, now::get);

    @Test
    public void itIsMadeOnce() {
        assertThat(answer.get()).isEqualTo(1);
        assertThat(answer.get()).isEqualTo(1);
    }

    @Test
    public void itIsMadeAnewAtOnceWhenItsSourceIsAnother() {
        answer.get();
        source.set(new String("plugins"));
        assertThat(answer.get()).isEqualTo(2);
        assertThat(answer.get()).isEqualTo(2);
    }

    @Test
    public void itIsMadeAnewTwiceASecondInAnyCase() {
        answer.get();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(499));
        assertThat(answer.get()).isEqualTo(1);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(answer.get()).isEqualTo(2);
    }

    @Test
    public void oneThatCannotBeMadeIsNotRemembered() {
        AtomicInteger attempts = new AtomicInteger();
        KeptAnswer<Integer> failing = new KeptAnswer<>(
                source::get,
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    return attempts.get();
                },
                now::get);
        assertThatIllegalStateException().isThrownBy(failing::get);
        assertThat(failing.get()).isEqualTo(2);
    }
}
