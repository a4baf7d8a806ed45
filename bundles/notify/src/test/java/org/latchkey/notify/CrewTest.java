package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

public class CrewTest {

    @Test
    public void whatIsDoneNowAndThenGoesOnWhenItFails() {
        AtomicInteger times = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.every(Duration.ofMillis(1), () -> {
                if (times.incrementAndGet() < 3) {
                    throw new IllegalStateException("broken");
                }
            });
            Post.await(() -> times.get() > 5);
        }
    }

    /** A courier would believe for ever that it runs. */
    @Test
    public void whatFindsNoThreadIsDoneLater() {
        AtomicInteger workers = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (Crew crew = new Crew((work, name) -> new Thread(work, name) {
            @Override
            public synchronized void start() {
                if (!name.contains("timer") && workers.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
            }
        })) {
            crew.execute(done::incrementAndGet);
            Post.await(() -> done.get() == 1);
            assertThat(workers).hasValue(2);
        }
    }
}
