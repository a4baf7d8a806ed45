package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.Ticket.Kind;
import org.latchkey.api.cas.TicketRegistry;

/**
 * What every {@link TicketRegistry} does, wherever it keeps its tickets. A registry's test extends this and makes one
 * that goes by the given clock.
 */
public abstract class TicketRegistryContract extends TicketContentionContract {

    private static final Duration LONGER_THAN_A_TICKET = Duration.ofMinutes(2);

    /** A new registry without tickets. */
    protected abstract TicketRegistry registry(Clock time) throws Exception;

    /** The registry under test. */
    private TicketRegistry registry;

    @Override
    protected final List<TicketRegistry> nodes(Clock time) throws Exception {
        return List.of(registry(time));
    }

    @Before
    public void takeTheOneNode() {
        registry = node(0);
    }

    private void refusesUnder(String parent) {
        for (Kind kind : List.of(Kind.SERVICE, Kind.PROXY, Kind.PROXY_GRANTING)) {
            Ticket ticket = ticket(kind, parent);
            assertThat(isKept(registry, ticket)).isFalse();
            assertThat(registry.get(ticket.id())).isEmpty();
            assertThat(registry.consume(ticket.id())).isEmpty();
        }
    }

    private boolean isGone(Ticket ticket) {
        return registry.get(ticket.id()).filter(Ticket::valid).isEmpty()
                && registry.consume(ticket.id()).filter(Ticket::valid).isEmpty();
    }

    @Test
    public void row39_aTicketIsReadAsItWasAdded() {
        Ticket granting = ticket(Kind.TICKET_GRANTING, "")
                .with("empty", "")
                .with("text", "Zo\u00eb \"'<&>\\ \n\uD83D\uDE00")
                .with("a.b/c", "x".repeat(5_000));
        registry.add(granting);
        assertThat(registry.get(granting.id())).contains(granting);
        for (Kind kind : List.of(Kind.SERVICE, Kind.PROXY_GRANTING)) {
            Ticket ticket = added(kind, granting.id());
            assertThat(registry.get(ticket.id())).contains(ticket);
        }
        Instant exact = START.plusMillis(1);
        Ticket bare = new Ticket(
                id(Kind.TICKET_GRANTING), Kind.TICKET_GRANTING, "", exact, exact.plusMillis(1), true, Map.of());
        registry.add(bare);
        assertThat(registry.get(bare.id())).contains(bare);
    }

    @Test
    public void whatIsNotThereIsEmpty() {
        for (String id : List.of(id(Kind.SERVICE), "", "ST-", "x", "\u00e9\n", "ST-" + "x".repeat(10_000))) {
            assertThat(registry.get(id)).isEmpty();
            assertThat(registry.consume(id)).isEmpty();
            assertThat(registry.update(id, ticket -> ticket)).isEmpty();
            assertThat(registry.end(id)).isEmpty();
        }
    }

    @Test
    public void row82_idsOfSixtyFourCharactersAreKeptApartByEveryCharacter() {
        String id = "TGT-" + "aB3-".repeat(15);
        assertThat(id).hasSize(64);
        Ticket template = ticket(Kind.TICKET_GRANTING, "");
        Ticket ticket =
                new Ticket(id, template.kind(), "", template.created(), template.expires(), true, template.content());
        registry.add(ticket);
        assertThat(registry.get(id)).contains(ticket);
        assertThat(registry.get(id.toLowerCase(Locale.ROOT))).isEmpty();
        assertThat(registry.get(id.substring(0, 63))).isEmpty();
        assertThat(registry.get(id + "a")).isEmpty();
    }

    @Test
    public void anIdThatIsThereIsRefused() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> registry.add(granting.with("user", "eve")))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.EXISTS));
        assertThat(registry.get(granting.id())).contains(granting);
    }

    @Test
    public void row41_nothingIsGrantedByATicketThatIsNotThere() {
        refusesUnder(id(Kind.TICKET_GRANTING));
    }

    @Test
    public void row41_nothingIsGrantedByATicketThatHasExpired() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        clock.advance(Duration.between(START, granting.expires()).minusMillis(1));
        assertThat(isKept(registry, ticket(Kind.SERVICE, granting.id()))).isTrue();
        clock.advance(Duration.ofMillis(1));
        refusesUnder(granting.id());
    }

    @Test
    public void row41_nothingIsGrantedByATicketThatIsNotValid() {
        Ticket ended = added(Kind.TICKET_GRANTING, "");
        registry.end(ended.id());
        refusesUnder(ended.id());
        Ticket used = added(Kind.TICKET_GRANTING, "");
        registry.consume(used.id());
        refusesUnder(used.id());
    }

    /** Attack case C-02. */
    @Test
    public void row42_C_02_aTicketIsUsedOnce() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        for (Kind kind : List.of(Kind.SERVICE, Kind.PROXY)) {
            Ticket ticket = added(kind, granting.id());
            assertThat(registry.consume(ticket.id())).contains(ticket);
            assertThat(isGone(ticket)).isTrue();
            assertThat(isGone(ticket)).isTrue();
        }
        assertThat(registry.get(granting.id())).contains(granting);
    }

    @Test
    public void row44_anExpiredTicketIsNeverUsable() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket service = added(Kind.SERVICE, granting.id());
        Ticket proxy = added(Kind.PROXY_GRANTING, granting.id());
        clock.advance(LONGER_THAN_A_TICKET);
        assertThat(isUsable(registry.get(granting.id()))).isFalse();
        assertThat(isUsable(registry.get(proxy.id()))).isFalse();
        assertThat(registry.update(granting.id(), ticket -> ticket.with("user", "eve")))
                .isEmpty();
        assertThat(isUsable(registry.consume(service.id()))).isFalse();
    }

    /** Section 6, point 8 of the study: {@code valid=false} outranks {@code expires}. */
    @Test
    public void aTicketThatIsNotValidIsNotUsableHoweverLongItWouldLive() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        registry.end(granting.id());
        assertThat(clock.instant()).isBefore(granting.expires());
        assertThat(isGone(granting)).isTrue();
        assertThat(registry.update(granting.id(), ticket -> ticket.with("user", "eve")))
                .isEmpty();
    }

    @Test
    public void anUpdateChangesTheContentAndNothingElse() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        assertThat(registry.update(granting.id(), was -> was.with("log", "1"))).contains(granting.with("log", "1"));
        assertThat(registry.get(granting.id())).contains(granting.with("log", "1"));
        Ticket other = ticket(Kind.PROXY_GRANTING, granting.id()).invalid().with("log", "2");
        assertThat(registry.update(granting.id(), was -> other)).contains(granting.with("log", "2"));
        assertThat(registry.get(granting.id())).contains(granting.with("log", "2"));
        assertThat(registry.get(other.id())).isEmpty();
    }

    @Test
    public void row45_whatAGrantingTicketGrantedEndsWithItAtAnyDepth() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket service = added(Kind.SERVICE, granting.id());
        Ticket first = added(Kind.PROXY_GRANTING, granting.id());
        Ticket second = added(Kind.PROXY_GRANTING, first.id());
        Ticket third = added(Kind.PROXY_GRANTING, second.id());
        Ticket proxy = added(Kind.PROXY, third.id());
        Ticket bystander = added(Kind.TICKET_GRANTING, "");
        Ticket untouched = added(Kind.SERVICE, bystander.id());
        List<Ticket> ended = registry.end(granting.id());
        assertThat(ended.get(0)).isEqualTo(granting);
        assertThat(ended)
                .extracting(Ticket::kind)
                .containsExactlyInAnyOrder(
                        Kind.TICKET_GRANTING,
                        Kind.SERVICE,
                        Kind.PROXY_GRANTING,
                        Kind.PROXY_GRANTING,
                        Kind.PROXY_GRANTING,
                        Kind.PROXY);
        assertThat(ended).allSatisfy(each -> assertThat(each.valid()).isTrue());
        for (Ticket each : List.of(granting, service, first, second, third, proxy)) {
            assertThat(isGone(each)).as(each.kind().name()).isTrue();
            refusesUnder(each.id());
        }
        assertThat(registry.get(bystander.id())).contains(bystander);
        assertThat(registry.consume(untouched.id())).contains(untouched);
        assertThat(registry.end(granting.id()).stream().filter(Ticket::valid)).isEmpty();
    }

    @Test
    public void aBranchEndsWithoutItsTree() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket service = added(Kind.SERVICE, granting.id());
        Ticket proxyGranting = added(Kind.PROXY_GRANTING, granting.id());
        Ticket proxy = added(Kind.PROXY, proxyGranting.id());
        assertThat(registry.end(proxyGranting.id())).hasSize(2);
        assertThat(isGone(proxyGranting)).isTrue();
        assertThat(isGone(proxy)).isTrue();
        assertThat(registry.get(granting.id())).contains(granting);
        assertThat(registry.consume(service.id())).contains(service);
    }

    @Test
    public void whatOutlivesItsParentStillEndsWithIt() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket template = ticket(Kind.PROXY_GRANTING, granting.id());
        Ticket lasting = new Ticket(
                template.id(),
                template.kind(),
                template.parent(),
                template.created(),
                START.plus(Duration.ofDays(1)),
                true,
                template.content());
        registry.add(lasting);
        clock.advance(LONGER_THAN_A_TICKET);
        Ticket proxy = added(Kind.PROXY, lasting.id());
        registry.end(granting.id());
        assertThat(isGone(lasting)).isTrue();
        assertThat(isGone(proxy)).isTrue();
    }

    @Test
    public void row39_clearForgetsAll() {
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket service = added(Kind.SERVICE, granting.id());
        registry.clear();
        assertThat(registry.size()).isZero();
        assertThat(registry.get(granting.id())).isEmpty();
        assertThat(registry.consume(service.id())).isEmpty();
        refusesUnder(granting.id());
        registry.add(granting);
        assertThat(registry.get(granting.id())).contains(granting);
    }

    @Test
    public void theSizeIsHowManyAreValid() {
        assertThat(registry.size()).isZero();
        Ticket granting = added(Kind.TICKET_GRANTING, "");
        Ticket service = added(Kind.SERVICE, granting.id());
        added(Kind.SERVICE, granting.id());
        added(Kind.TICKET_GRANTING, "");
        assertThat(registry.size()).isEqualTo(4);
        registry.consume(service.id());
        assertThat(registry.size()).isEqualTo(3);
        registry.end(granting.id());
        assertThat(registry.size()).isEqualTo(1);
    }
}
