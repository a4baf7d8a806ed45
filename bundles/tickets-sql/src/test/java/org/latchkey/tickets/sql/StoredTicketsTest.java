package org.latchkey.tickets.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.Ticket.Kind;
import org.latchkey.api.cas.TicketRegistry;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.ReplicaStore;
import org.latchkey.testkit.TicketRegistryContract;

public class StoredTicketsTest extends TicketRegistryContract {

    private final MemoryStore store = new MemoryStore();
    private final StoredTickets tickets = new StoredTickets(store, clock);

    @Override
    protected TicketRegistry registry(Clock time) {
        return tickets;
    }

    private List<Item> stored() {
        return store.list(StoredTicket.KIND, "", "", 1000);
    }

    @Test
    public void noIdIsInTheStore() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket proxyGranting = added(Kind.PROXY_GRANTING, granting.id());
        Ticket service = added(Kind.SERVICE, granting.id());
        assertThat(stored()).hasSize(3).allSatisfy(item -> {
            for (Ticket each : List.of(granting, proxyGranting, service)) {
                assertThat(item.key() + item.body()).doesNotContain(each.id());
            }
            assertThat(item.key()).matches("[0-9a-f]{64}");
        });
        assertThat(tickets.get(service.id()).orElseThrow().parent()).isEqualTo(granting.id());
    }

    @Test
    public void whatIsEndedIsGivenWithoutTheIdsThatAreNotKnown() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket service = added(Kind.SERVICE, granting.id());
        assertThat(tickets.end(granting.id()))
                .containsExactly(
                        granting,
                        new Ticket(
                                "", service.kind(), "", service.created(), service.expires(), true, service.content()));
        assertThat(stored()).isEmpty();
    }

    @Test
    public void anEndThatWasCutOffIsCompletedByAnother() throws Exception {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket proxyGranting = added(Kind.PROXY_GRANTING, granting.id());
        Ticket proxy = added(Kind.PROXY, proxyGranting.id());
        new TicketTable(store).delete(SealedId.hash(granting.id()));
        assertThat(tickets.end(granting.id()))
                .extracting(Ticket::kind)
                .containsExactly(Kind.PROXY_GRANTING, Kind.PROXY);
        assertThat(tickets.get(proxy.id())).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    public void aUsedTicketIsTakenAwayAtOnce() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        tickets.consume(added(Kind.SERVICE, granting.id()).id());
        assertThat(stored()).hasSize(1);
    }

    @Test
    public void moreTicketsOfOneSignInThanAPageEnd() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        for (int i = 0; i < 450; i++) {
            added(Kind.SERVICE, granting.id());
        }
        assertThat(tickets.end(granting.id())).hasSize(451);
        assertThat(stored()).isEmpty();
    }

    @Test
    public void sweepingTakesAwayWhatHasExpiredFromTheLeavesUp() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket proxyGranting = added(Kind.PROXY_GRANTING, granting.id());
        for (int i = 0; i < 450; i++) {
            added(Kind.SERVICE, granting.id());
        }
        clock.advance(Duration.ofSeconds(30));
        Ticket proxy = added(Kind.PROXY, proxyGranting.id());
        clock.advance(Duration.ofSeconds(30));
        Ticket other = added(Kind.TICKET_GRANTING, "");
        tickets.sweep();
        assertThat(stored()).hasSize(4);
        assertThat(tickets.get(proxy.id())).contains(proxy);
        clock.advance(Duration.ofSeconds(30));
        tickets.sweep();
        assertThat(stored()).hasSize(1);
        assertThat(tickets.get(other.id())).contains(other);
    }

    /** The store, with something that happens on another node just before the first commit. */
    private Store interrupted(Runnable event) {
        AtomicBoolean happened = new AtomicBoolean();
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && happened.compareAndSet(false, true)) {
                        event.run();
                    }
                    return method.invoke(store, arguments);
                });
    }

    @Test
    public void row45_whatIsAddedToAParentThatEndsBeforeTheCommitIsTakenBack() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        StoredTickets slow = new StoredTickets(interrupted(() -> tickets.end(granting.id())), clock);
        assertThat(isKept(slow, ticket(Kind.SERVICE, granting.id()))).isFalse();
        assertThat(stored()).isEmpty();
    }

    @Test
    public void whatIsAddedToAParentThatIsClearedBeforeTheCommitIsTakenBack() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        StoredTickets slow = new StoredTickets(interrupted(tickets::clear), clock);
        assertThat(isKept(slow, ticket(Kind.PROXY_GRANTING, granting.id()))).isFalse();
        assertThat(stored()).isEmpty();
    }

    @Test
    public void aReplicaReadsAndChangesNothing() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        StoredTickets replica = new StoredTickets(new ReplicaStore(store), clock);
        assertThat(replica.get(granting.id())).contains(granting);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> replica.consume(granting.id()))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
        clock.advance(Duration.ofMinutes(1));
        replica.sweep();
        assertThat(stored()).hasSize(1);
    }

    @Test
    public void aParentIsReadOnlyWithTheChildItWasSealedFor() {
        String sealed = SealedId.seal("TGT-1", "ST-1");
        assertThat(sealed).doesNotContain("TGT");
        assertThat(SealedId.open(sealed, "ST-1")).isEqualTo("TGT-1");
        assertThatIllegalStateException().isThrownBy(() -> SealedId.open(sealed, "ST-2"));
        assertThatIllegalStateException().isThrownBy(() -> SealedId.open("", "ST-1"));
        assertThatIllegalStateException().isThrownBy(() -> SealedId.open("!", "ST-1"));
    }
}
