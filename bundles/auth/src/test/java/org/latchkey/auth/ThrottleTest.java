package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.testkit.Race;

public class ThrottleTest {

    private static final String HOME = "192.0.2.1";

    private final AtomicLong nanos = new AtomicLong();
    private final Throttle throttle = throttle(Throttle.Local.IS_FREE);

    private Throttle throttle(Throttle.Local local) {
        return new Throttle(new Throttle.Limits(5, 20, 50, Duration.ofMinutes(5), local), nanos::get);
    }

    private Throttle.Try attempt(String name, String address) {
        return throttle.begin(
                new Attempt(name, Optional.empty(), new Caller("anonymous", Set.of(), "r-1", address, false)));
    }

    private void refused(String name, String address) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> attempt(name, address))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }

    private void fail(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            attempt(name, address);
        }
    }

    @Test
    public void row110ThatItBeginsToRefuseIsToldOnceInAWindow() {
        List<String> told = new ArrayList<>();
        Throttle telling = new Throttle(
                new Throttle.Limits(2, 20, 50, Duration.ofMinutes(5), Throttle.Local.IS_FREE),
                nanos::get,
                (name, address, limit) -> told.add(name + " " + address + " " + limit));
        Attempt attempt = new Attempt("ada", Optional.empty(), new Caller("anonymous", Set.of(), "r", HOME, false));
        telling.begin(attempt);
        telling.begin(attempt);
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(Refusal.class).isThrownBy(() -> telling.begin(attempt));
        }
        assertThat(told).containsExactly("ada " + HOME + " both");
    }

    @Test
    public void L_07_oneNameFromOneAddress() {
        fail(5, "ada", HOME);
        refused("ada", HOME);
        refused("ADA", HOME);
        attempt("ada", "192.0.2.2");
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        attempt("ada", HOME);
    }

    @Test
    public void L_07_oneNameFromManyAddressesIsNoWeaponAgainstItsOwner() {
        attempt("ada", HOME).succeeded();
        for (int i = 0; i < 20; i++) {
            attempt("ada", "198.51.100." + i);
        }
        refused("ada", "198.51.100.99");
        attempt("ada", HOME).succeeded();
    }

    @Test
    public void L_07_manyNamesFromOneAddress() {
        for (int i = 0; i < 50; i++) {
            attempt("name" + i, HOME);
        }
        refused("another", HOME);
        attempt("another", "192.0.2.2");
    }

    @Test
    public void aProxyOnThisHostStandsForEverybody() {
        for (int i = 0; i < 200; i++) {
            attempt("ada", "127.0.0.1");
        }
    }

    @Test
    public void L_07_whereThereIsAProxyItsUsersCountForTheirNames() {
        Throttle counting = throttle(Throttle.Local.COUNTS);
        Attempt attempt =
                new Attempt("ada", Optional.empty(), new Caller("anonymous", Set.of(), "r-1", "127.0.0.1", false));
        for (int i = 0; i < 20; i++) {
            counting.begin(attempt);
        }
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> counting.begin(attempt));
    }

    @Test
    public void L_07_aBurstAtTheLimitGetsNoFurther() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        Race.of(16, lane -> {
            for (int i = 0; i < 10; i++) {
                try {
                    attempt("ada", HOME);
                    begun.incrementAndGet();
                } catch (Refusal tooMany) {
                    assertThat(tooMany.kind()).isEqualTo(Refusal.Kind.TOO_MANY);
                }
            }
            return lane;
        });
        assertThat(begun).hasValueLessThanOrEqualTo(5);
        assertThat(begun).hasValueGreaterThan(0);
    }

    @Test
    public void whatNobodyJudgedAndWhatSucceededDoesNotCount() {
        for (int i = 0; i < 30; i++) {
            attempt("ada", HOME).withdrawn();
        }
        for (int i = 0; i < 30; i++) {
            attempt("ada", HOME).succeeded();
        }
        fail(4, "ada", HOME);
        attempt("ada", HOME).succeeded();
        fail(5, "ada", HOME);
        refused("ada", HOME);
    }
}
