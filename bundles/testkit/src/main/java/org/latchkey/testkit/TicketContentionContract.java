package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.TicketRegistry;

/**
 * The half of {@link TicketRegistryContract} in which many ask at once. Where a registry has several nodes, a test
 * extends this with one registry a node.
 */
public abstract class TicketContentionContract {

    protected static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** The time of the registries under test. */
    protected final MovableClock clock = new MovableClock(START);

    /** Nodes that share their tickets; just one where nothing is shared. */
    private List<TicketRegistry> nodes = List.of();

    /** The registries under test, empty, all of them with the same tickets. */
    protected abstract List<TicketRegistry> nodes(Clock time) throws Exception;

    @Before
    public void openNodes() throws Exception {
        nodes = nodes(clock);
    }

    /** Any of the nodes; the same for the same lane. */
    protected final TicketRegistry node(int lane) {
        return nodes.get(lane % nodes.size());
    }

    /** An id that no other test has used. */
    protected static String id(Ticket.Kind kind) {
        return kind.prefix() + UUID.randomUUID();
    }

    /** A new ticket of some kind that lives for a minute, not yet kept. */
    protected final Ticket ticket(Ticket.Kind kind, String parent) {
        Instant now = clock.instant();
        return new Ticket(id(kind), kind, parent, now, now.plus(Duration.ofMinutes(1)), true, Map.of("user", "ada"));
    }

    /** The same, kept. */
    protected final Ticket added(Ticket.Kind kind, String parent) {
        Ticket ticket = ticket(kind, parent);
        node(0).add(ticket);
        return ticket;
    }

    protected final boolean isUsable(Optional<Ticket> ticket) {
        return ticket.filter(each -> each.isUsable(clock.instant())).isPresent();
    }

    /** Whether it was kept, and not refused for an ended parent. */
    protected static boolean isKept(TicketRegistry registry, Ticket ticket) {
        try {
            registry.add(ticket);
            return true;
        } catch (Refusal refused) {
            assertThat(refused.kind()).isEqualTo(Refusal.Kind.CONFLICT);
            assertThat(refused.code()).isEqualTo("ticket-ended");
            return false;
        }
    }

    /** Attack case C-03. */
    @Test
    public void C_03_ofFiftyWhoUseATicketAtOnceExactlyOneGetsItValid() throws Exception {
        Ticket granting = added(Ticket.Kind.TICKET_GRANTING, "");
        for (int round = 0; round < 10; round++) {
            Ticket service = added(Ticket.Kind.SERVICE, granting.id());
            List<Boolean> valid = Race.of(
                    50,
                    lane -> node(lane).consume(service.id()).map(Ticket::valid).orElse(false));
            assertThat(valid).containsOnlyOnce(true);
        }
    }

    @Test
    public void parallelUpdatesLoseNone() throws Exception {
        Ticket granting = added(Ticket.Kind.TICKET_GRANTING, "");
        Race.of(8, lane -> {
            for (int i = 0; i < 5; i++) {
                String name = lane + "-" + i;
                assertThat(node(lane).update(granting.id(), was -> was.with(name, "x")))
                        .isPresent();
            }
            return lane;
        });
        Set<String> names =
                new HashSet<>(node(1).get(granting.id()).orElseThrow().content().keySet());
        assertThat(names).hasSize(41).contains("user", "0-0", "7-4");
    }

    /** Row 45: whoever was signed in by a ticket that was granted while everything was ended would stay so. */
    @Test
    public void row45_whatIsAddedWhileItsParentEndsIsRefusedOrEnded() throws Exception {
        for (int round = 0; round < 15; round++) {
            Ticket granting = added(Ticket.Kind.TICKET_GRANTING, "");
            Ticket proxy = added(Ticket.Kind.PROXY_GRANTING, granting.id());
            List<List<Ticket>> kept = Race.of(6, lane -> {
                if (lane == 0) {
                    node(lane).end(granting.id());
                    return List.of();
                }
                return addSome(node(lane), lane % 2 == 0 ? granting : proxy);
            });
            kept.stream().flatMap(List::stream).forEach(ticket -> {
                assertThat(isUsable(node(0).get(ticket.id()))).isFalse();
                assertThat(isUsable(node(1).consume(ticket.id()))).isFalse();
            });
            assertThat(isKept(node(1), ticket(Ticket.Kind.SERVICE, granting.id())))
                    .isFalse();
        }
    }

    private List<Ticket> addSome(TicketRegistry registry, Ticket parent) {
        Ticket.Kind kind = parent.kind() == Ticket.Kind.TICKET_GRANTING ? Ticket.Kind.SERVICE : Ticket.Kind.PROXY;
        List<Ticket> kept = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Ticket ticket = ticket(kind, parent.id());
            if (isKept(registry, ticket)) {
                kept.add(ticket);
            }
        }
        return kept;
    }

    @Test
    public void aTicketThatIsUsedWhileItsParentEndsIsUsedAtMostOnce() throws Exception {
        for (int round = 0; round < 15; round++) {
            Ticket granting = added(Ticket.Kind.TICKET_GRANTING, "");
            Ticket service = added(Ticket.Kind.SERVICE, granting.id());
            List<Boolean> valid = Race.of(6, lane -> {
                if (lane == 0) {
                    node(lane).end(granting.id());
                    return false;
                }
                return node(lane).consume(service.id()).map(Ticket::valid).orElse(false);
            });
            assertThat(valid.stream().filter(each -> each)).hasSizeLessThan(2);
            assertThat(isUsable(node(0).get(granting.id()))).isFalse();
        }
    }

    @Test
    public void aTicketThatIsUpdatedWhileItEndsStaysEnded() throws Exception {
        for (int round = 0; round < 15; round++) {
            Ticket granting = added(Ticket.Kind.TICKET_GRANTING, "");
            Race.of(
                    4,
                    lane -> lane == 0
                            ? node(lane).end(granting.id()).size()
                            : node(lane)
                                    .update(granting.id(), was -> was.with("lane", "" + lane))
                                    .isPresent());
            assertThat(isUsable(node(1).get(granting.id()))).isFalse();
            assertThat(node(1).update(granting.id(), was -> was)).isEmpty();
        }
    }

    @Test
    public void manySessionsAtOnceDoNotMix() throws Exception {
        List<Boolean> right = Race.of(8, lane -> IntStream.range(0, 10).allMatch(i -> {
            Ticket granting = ticket(Ticket.Kind.TICKET_GRANTING, "").with("user", lane + "-" + i);
            node(lane).add(granting);
            Ticket service = ticket(Ticket.Kind.SERVICE, granting.id()).with("user", lane + "-" + i);
            node(lane + 1).add(service);
            return node(lane).consume(service.id()).equals(Optional.of(service))
                    && node(lane + 1).get(granting.id()).equals(Optional.of(granting));
        }));
        assertThat(right).doesNotContain(false);
        assertThat(node(0).size()).isEqualTo(80);
    }
}
