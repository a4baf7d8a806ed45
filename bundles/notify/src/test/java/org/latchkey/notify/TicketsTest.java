package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.Test;

public class TicketsTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    @Test
    public void theyRiseWithinOneMillisecond() {
        Tickets tickets = new Tickets(at(NOON));
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            drawn.add(tickets.next());
        }
        assertThat(drawn).isSorted().doesNotHaveDuplicates();
        assertThat(drawn).allMatch(ticket -> ticket.matches("[0-9a-f]{24}"));
    }

    @Test
    public void thoseOfALaterTimeAreGreaterAlsoFromAnotherNode() {
        assertThat(new Tickets(at(NOON)).next()).isLessThan(new Tickets(at(NOON.plusMillis(1))).next());
    }

    @Test
    public void aClockThatIsSetBackDoesNotMatter() {
        TestClock clock = new TestClock(NOON);
        Tickets tickets = new Tickets(clock);
        String before = tickets.next();
        clock.set(NOON.minusSeconds(3600));
        assertThat(tickets.next()).isGreaterThan(before);
    }

    @Test
    public void noTwoThreadsDrawTheSame() throws InterruptedException {
        Tickets tickets = new Tickets(Clock.systemUTC());
        Set<String> drawn = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 5000; j++) {
                    drawn.add(tickets.next());
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(drawn).hasSize(20_000);
    }
}
