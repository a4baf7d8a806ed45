package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Content;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.Lane;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Rules;

/** How the work is shared among destinations. */
public class WorkedLaneTest {

    private static final String THREADS = "test-worked";
    private static final Duration LONG = Duration.ofMinutes(5);

    private static Lane lane(int atOnce, int perDestination, int waiting) throws Exception {
        Guard guard = new Guard(List.of(), List.of(), URI.create("https://id.example"), InetAddress::getAllByName);
        Rules rules = new Rules(THREADS, atOnce, perDestination, waiting, Set.of(), Optional.empty());
        return new WorkedLane(rules, guard, Authorities.ofTheJdk());
    }

    private static Call post(String url, Duration limit) {
        return Call.post(url, NamedBy.OPERATOR, Content.form("a=b")).within(limit);
    }

    private static String url(Mute mute) {
        return "http://127.0.0.1:" + mute.port() + "/";
    }

    @Test
    public void C15_aSlowDestinationLeavesWorkersForOthers() throws Exception {
        try (Mute mute = Mute.silent();
                Application application = Application.plain(Application.status(200));
                Lane lane = lane(3, 2, 100)) {
            for (int i = 0; i < 20; i++) {
                assertThat(lane.tell(post(url(mute), LONG), result -> {})).isTrue();
            }
            for (int i = 0; i < 10; i++) {
                assertThat(lane.call(post(application.url("/"), LONG))).isInstanceOf(Answer.class);
            }
            assertThat(mute.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    public void C15_manyThatHangDelayNobodyForLong() throws Exception {
        try (Mute mute = Mute.silent();
                Application application = Application.plain(Application.status(200));
                Lane lane = lane(16, 4, 2000)) {
            AtomicInteger late = new AtomicInteger();
            CountDownLatch hung = new CountDownLatch(50);
            CountDownLatch answered = new CountDownLatch(500);
            for (int i = 0; i < 50; i++) {
                lane.tell(post(url(mute), Duration.ofMillis(100)), result -> {
                    late.addAndGet(result instanceof Failure failure && failure.why() == Failure.Why.LATE ? 1 : 0);
                    hung.countDown();
                });
            }
            for (int i = 0; i < 500; i++) {
                lane.tell(post(application.url("/"), LONG), result -> answered.countDown());
            }
            assertThat(answered.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(hung.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(late).hasValue(50);
        }
    }

    @Test
    public void C15_anAnswerThatDripsIsCutOff() throws Exception {
        try (Mute dripping = Mute.dripping();
                Application application = Application.plain(Application.status(200));
                Lane lane = lane(1, 1, 10)) {
            lane.tell(post(url(dripping), Duration.ofMillis(300)), result -> {});
            assertThat(lane.call(post(application.url("/"), LONG))).isInstanceOf(Answer.class);
        }
    }

    @Test
    public void whatFindsTooManyWaitingIsRefusedAndLaterOnesAreMade() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (Application application = Application.plain(exchange -> {
                    try {
                        held.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.sendResponseHeaders(200, -1);
                });
                Lane lane = lane(1, 1, 2)) {
            int taken = 0;
            for (int i = 0; i < 10; i++) {
                taken += lane.tell(post(application.url("/" + i), LONG), result -> {}) ? 1 : 0;
            }
            assertThat(taken).isEqualTo(3);
            assertThat(lane.call(post(application.url("/"), LONG)))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.why()).isEqualTo(Failure.Why.BUSY));
            held.countDown();
            for (String path : List.of("/0", "/1", "/2")) {
                assertThat(application.next().orElseThrow().uri()).isEqualTo(path);
            }
            for (int i = 0; i < 3000 && !lane.tell(post(application.url("/later"), LONG), result -> {}); i++) {
                Thread.sleep(10);
            }
            assertThat(application.next().orElseThrow().uri()).isEqualTo("/later");
        }
    }

    @Test
    public void whoeverIsToldAndFailsHarmsNobody() throws Exception {
        try (Application application = Application.plain(Application.status(200));
                Lane lane = lane(1, 1, 10)) {
            lane.tell(post(application.url("/"), LONG), result -> {
                throw new IllegalStateException("a fault of whoever is told");
            });
            assertThat(lane.call(post(application.url("/"), LONG))).isInstanceOf(Answer.class);
        }
    }

    @Test
    public void noThreadIsLeftAfterCloseAlsoIfSomeHang() throws Exception {
        try (Mute mute = Mute.silent()) {
            Lane lane = lane(4, 4, 100);
            AtomicInteger told = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                lane.tell(post(url(mute), LONG), result -> told.incrementAndGet());
            }
            for (int i = 0; i < 3000 && mute.connections() < 4; i++) {
                Thread.sleep(10);
            }
            lane.close();
            for (int i = 0; i < 3000 && !Threads.named(THREADS).isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertThat(Threads.named(THREADS)).isEmpty();
            assertThat(told).as("those that were begun").hasValue(4);
            assertThat(lane.tell(post(url(mute), LONG), result -> {})).isFalse();
        }
    }
}
