package org.latchkey.cas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.cas.TicketRegistry;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.cas.Tickets.Freshness;
import org.latchkey.cas.registry.MemoryTickets;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.Race;

public class TicketsTest {

    private static final String SERVICE = "https://portal.example.org/";

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final Tickets tickets = tickets();

    private Tickets tickets() {
        points.addCore(TicketRegistry.class, new MemoryTickets(new Defaults()), Map.of());
        return new Tickets(
                new Registry(points.of(TicketRegistry.class), ""),
                Clock.systemUTC(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
    }

    private static Session session(String id, Instant signedInAt) {
        return new Session(
                id,
                new Principal("ada", "directory", Set.of(), Set.of()),
                Claims.NONE,
                signedInAt,
                signedInAt.plusSeconds(3600),
                false,
                false);
    }

    @Test
    public void theFirstTicketsOfASessionMayBeTakenAtOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            Session session = session("session" + round, Instant.now());
            List<String> taken = Race.of(8, lane -> tickets.serviceTicket(session, SERVICE, Freshness.EARLIER_SIGN_IN));
            assertThat(taken).doesNotHaveDuplicates();
            assertThat(taken).allSatisfy(id -> assertThat(tickets.consume(id)).isPresent());
        }
    }

    @Test
    public void whoSignsInAgainGoesOnWithTheSameTicketGrantingTicket() {
        Instant first = Instant.now();
        assertThat(tickets.granting(session("s", first)).get(Tickets.SIGNED_IN_AT))
                .isEqualTo(Long.toString(first.toEpochMilli()));
        Instant again = first.plusSeconds(60);
        assertThat(tickets.granting(session("s", again)).get(Tickets.SIGNED_IN_AT))
                .isEqualTo(Long.toString(again.toEpochMilli()));
        assertThat(tickets.end("s")).isPresent();
        assertThat(tickets.usable(Tickets.grantingId("s"))).isEmpty();
    }

    private static final class Defaults implements MemoryTickets.Config {

        @Override
        public int maximum() {
            return 100_000;
        }

        @Override
        public int sweepSeconds() {
            return 3600;
        }

        @Override
        public Class<MemoryTickets.Config> annotationType() {
            return MemoryTickets.Config.class;
        }
    }
}
