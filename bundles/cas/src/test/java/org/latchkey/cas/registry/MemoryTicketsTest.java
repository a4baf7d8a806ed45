package org.latchkey.cas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.Ticket.Kind;
import org.latchkey.api.cas.TicketRegistry;
import org.latchkey.testkit.TicketRegistryContract;

public class MemoryTicketsTest extends TicketRegistryContract {

    private final List<MemoryTickets> open = new ArrayList<>();

    private static MemoryTickets.Config config(int maximum, int sweepSeconds) {
        return new MemoryTickets.Config() {
            @Override
            public int maximum() {
                return maximum;
            }

            @Override
            public int sweepSeconds() {
                return sweepSeconds;
            }

            @Override
            public Class<MemoryTickets.Config> annotationType() {
                return MemoryTickets.Config.class;
            }
        };
    }

    @Override
    protected TicketRegistry registry(Clock time) {
        return tickets(time, 1_000_000, 3600);
    }

    private MemoryTickets tickets(Clock time, int maximum, int sweepSeconds) {
        MemoryTickets tickets = new MemoryTickets(time, config(maximum, sweepSeconds));
        open.add(tickets);
        return tickets;
    }

    @After
    public void close() {
        open.forEach(MemoryTickets::deactivate);
    }

    @Test
    public void aUsedServiceTicketIsForgottenAtOnce() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        for (int i = 0; i < 100; i++) {
            node(0).consume(added(Kind.SERVICE, granting.id()).id());
        }
        assertThat(node(0).size()).isEqualTo(1);
        assertThat(node(0).end(granting.id())).containsExactly(granting);
    }

    @Test
    public void beyondTheMaximumTicketsAreRefusedUntilThereIsRoom() {
        MemoryTickets tickets = tickets(clock, 2, 3600);
        Ticket granting = ticket(Kind.TICKET_GRANTING, "");
        tickets.add(granting);
        Ticket service = ticket(Kind.SERVICE, granting.id());
        tickets.add(service);
        Ticket other = ticket(Kind.TICKET_GRANTING, "");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> tickets.add(other))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
        assertThat(tickets.get(granting.id())).contains(granting);
        assertThat(tickets.consume(service.id())).contains(service);
        tickets.add(other);
        tickets.modified(config(3, 3600));
        tickets.add(ticket(Kind.TICKET_GRANTING, ""));
        assertThat(tickets.size()).isEqualTo(3);
    }

    @Test
    public void sweepingForgetsWhatHasExpiredFromTheLeavesUp() {
        TicketTrees trees = new TicketTrees(clock, () -> 100);
        Ticket granting = ticket(Kind.TICKET_GRANTING, "");
        trees.add(granting);
        Ticket first = ticket(Kind.PROXY_GRANTING, granting.id());
        trees.add(first);
        clock.advance(Duration.ofSeconds(30));
        Ticket proxy = ticket(Kind.PROXY, first.id());
        trees.add(proxy);
        clock.advance(Duration.ofSeconds(30));
        trees.sweep();
        assertThat(trees.size()).isEqualTo(3);
        assertThat(trees.end(granting.id())).containsExactly(granting, first, proxy);
        trees.add(granting);
        clock.advance(Duration.ofSeconds(1));
        trees.sweep();
        assertThat(trees.size()).isZero();
    }

    @Test
    public void sweepingLeavesNothingOfManyThatHaveExpired() {
        TicketTrees trees = new TicketTrees(clock, () -> 100_000);
        for (int i = 0; i < 1_000; i++) {
            Ticket granting = ticket(Kind.TICKET_GRANTING, "");
            trees.add(granting);
            trees.add(ticket(Kind.SERVICE, granting.id()));
            trees.add(ticket(Kind.SERVICE, granting.id()));
        }
        clock.advance(Duration.ofMinutes(1));
        Ticket alive = ticket(Kind.TICKET_GRANTING, "");
        trees.add(alive);
        trees.sweep();
        assertThat(trees.size()).isEqualTo(1);
        assertThat(trees.get(alive.id())).contains(alive);
    }

    @Test
    public void expiredTicketsAreSweptByThemselves() throws Exception {
        MemoryTickets tickets = tickets(clock, 100, 1);
        tickets.add(ticket(Kind.TICKET_GRANTING, ""));
        clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 600 && tickets.size() > 0; i++) {
            Thread.sleep(100);
        }
        assertThat(tickets.size()).isZero();
    }

    @Test
    public void aVeryLongChainOfProxiesEnds() {
        Ticket root = added(Kind.TICKET_GRANTING, "");
        Ticket last = root;
        for (int i = 0; i < 50_000; i++) {
            last = added(Kind.PROXY_GRANTING, last.id());
        }
        assertThat(node(0).end(root.id())).hasSize(50_001);
        assertThat(node(0).size()).isZero();
    }

    @Test
    public void senselessSettingsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryTickets(clock, config(0, 10)));
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryTickets(clock, config(10, 0)));
    }
}
