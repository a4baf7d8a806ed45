package org.latchkey.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class MeterTest {

    private final Meter meter = new Meter();

    @Test
    public void asARuleOneCallIsMeasuredAfterEachTick() {
        assertThat(meter.begin().isMeasured()).isFalse();
        meter.tick();
        Meter.Call measured = meter.begin();
        assertThat(measured.isMeasured()).isTrue();
        assertThat(meter.begin().isMeasured()).isFalse();
        measured.succeeded();
        assertThat(meter.calls()).isEqualTo(1);
    }

    @Test
    public void onProbationEveryCallIs() {
        meter.exact(true);
        for (int i = 0; i < 10; i++) {
            Meter.Call call = meter.begin();
            if (i % 5 == 0) {
                call.failed();
            } else {
                call.succeeded();
            }
        }
        assertThat(meter.calls()).isEqualTo(10);
        assertThat(meter.failures()).isEqualTo(2);
        assertThat(meter.failureRate()).isEqualTo(0.2);
        meter.exact(false);
        assertThat(meter.begin().isMeasured()).isFalse();
    }

    @Test
    public void callsInFlightCountWithTheirAge() throws InterruptedException {
        meter.exact(true);
        for (int i = 0; i < 3; i++) {
            meter.begin();
        }
        Thread.sleep(30);
        assertThat(meter.calls()).isEqualTo(3);
        assertThat(meter.medianNanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
        for (int i = 0; i < 4; i++) {
            meter.begin().succeeded();
        }
        assertThat(meter.medianNanos()).as("three long ones among seven").isLessThan(TimeUnit.MILLISECONDS.toNanos(30));
    }

    @Test
    public void theShortestOfTheLastIsKnownOnceThereAreEnough() throws InterruptedException {
        meter.exact(true);
        Meter.Call slow = meter.begin();
        Thread.sleep(20);
        slow.succeeded();
        assertThat(meter.shortestNanosOfLast(2)).isZero();
        assertThat(meter.shortestNanosOfLast(1)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
        for (int i = 0; i < 1000; i++) {
            meter.begin().succeeded();
        }
        assertThat(meter.shortestNanosOfLast(20)).isPositive().isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(new Meter().medianNanos()).isZero();
    }
}
