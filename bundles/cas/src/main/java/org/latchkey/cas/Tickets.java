package org.latchkey.cas;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.Ticket.Kind;
import org.latchkey.api.service.Sessions.Session;

/** Gives out tickets and takes them back. What each kind stands for is written in its content. */
final class Tickets {

    static final String USER = "user";
    static final String SESSION = "session";
    static final String ATTRIBUTES = "attributes";
    static final String SIGNED_IN_AT = "signed-in-at";
    static final String REMEMBERED = "remembered";

    /** The service URL that a ticket is for; of a proxy-granting ticket, that of the proxy. */
    static final String SERVICE = "service";

    /** Of a service ticket: {@code true} if it was granted for credentials and not for an earlier sign-in. */
    static final String FRESH = "fresh";

    /** Of a proxy-granting and a proxy ticket: the callbacks it went through, newest first, one a line. */
    static final String PROXIES = "proxies";

    private final Registry registry;
    private final Clock clock;
    private final Duration serviceTicketLife;
    private final Duration proxyTicketLife;

    Tickets(Registry registry, Clock clock, Duration serviceTicketLife, Duration proxyTicketLife) {
        this.registry = registry;
        this.clock = clock;
        this.serviceTicketLife = serviceTicketLife;
        this.proxyTicketLife = proxyTicketLife;
    }

    /** The id of a session's ticket-granting ticket, which no browser ever sees. */
    static String grantingId(String session) {
        return Kind.TICKET_GRANTING.prefix() + session;
    }

    /** The session's ticket-granting ticket; made with the first service, renewed when somebody signs in again. */
    Ticket granting(Session session) {
        String id = grantingId(session.id());
        String signedInAt = Long.toString(session.signedInAt().toEpochMilli());
        Optional<Ticket> known = registry.ask(tickets -> tickets.get(id));
        if (known.isEmpty()) {
            Ticket made = new Ticket(
                    id, Kind.TICKET_GRANTING, "", clock.instant(), session.expiresAt(), true, content(session));
            return keepUnlessThere(made);
        }
        if (!known.get().get(SIGNED_IN_AT).equals(signedInAt)) {
            Map<String, String> fresh = content(session);
            return registry.ask(tickets -> tickets.update(id, old -> with(old, fresh)))
                    .orElse(known.get());
        }
        return known.get();
    }

    /** The first tickets of a session may be asked for at the same moment; one of them makes what grants them all. */
    private Ticket keepUnlessThere(Ticket made) {
        try {
            registry.tell(tickets -> tickets.add(made));
            return made;
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.EXISTS) {
                throw refusal;
            }
            return registry.ask(tickets -> tickets.get(made.id())).orElseThrow(() -> refusal);
        }
    }

    private static Ticket with(Ticket old, Map<String, String> content) {
        Ticket changed = old;
        for (Map.Entry<String, String> entry : content.entrySet()) {
            changed = changed.with(entry.getKey(), entry.getValue());
        }
        return changed;
    }

    private static Map<String, String> content(Session session) {
        return Map.of(
                USER, session.principal().id(),
                SESSION, session.id(),
                ATTRIBUTES, Told.written(session.claims()),
                SIGNED_IN_AT, Long.toString(session.signedInAt().toEpochMilli()),
                REMEMBERED, Boolean.toString(session.remembered()));
    }

    /** A service ticket for a session that signs in to a service. */
    String serviceTicket(Session session, String service, Freshness freshness) {
        Ticket granting = granting(session);
        Ticket ticket = child(
                Kind.SERVICE,
                granting.id(),
                serviceTicketLife,
                Map.of(SERVICE, service, FRESH, Boolean.toString(freshness == Freshness.CREDENTIALS)));
        return ticket.id();
    }

    /** Whether somebody has just shown their credentials for it. */
    enum Freshness {
        CREDENTIALS,
        EARLIER_SIGN_IN
    }

    /** A proxy ticket for a service that a proxy-granting ticket's holder may act at. */
    String proxyTicket(Ticket proxyGranting, String service) {
        Ticket ticket = child(
                Kind.PROXY,
                proxyGranting.id(),
                proxyTicketLife,
                Map.of(SERVICE, service, FRESH, "false", PROXIES, proxyGranting.get(PROXIES)));
        return ticket.id();
    }

    /** A proxy-granting ticket that is not kept yet: the callback has to take it first. */
    Ticket proxyGranting(Ticket used, Ticket granting, String callback) {
        String before = used.get(PROXIES);
        Instant now = clock.instant();
        return new Ticket(
                TicketIds.next(Kind.PROXY_GRANTING),
                Kind.PROXY_GRANTING,
                used.kind() == Kind.PROXY ? used.parent() : granting.id(),
                now,
                granting.expires(),
                true,
                Map.of(SERVICE, used.get(SERVICE), PROXIES, before.isEmpty() ? callback : callback + "\n" + before));
    }

    void keep(Ticket ticket) {
        registry.tell(tickets -> tickets.add(ticket));
    }

    private Ticket child(Kind kind, String parent, Duration life, Map<String, String> content) {
        Instant now = clock.instant();
        Ticket ticket = new Ticket(TicketIds.next(kind), kind, parent, now, now.plus(life), true, content);
        registry.tell(tickets -> tickets.add(ticket));
        return ticket;
    }

    /**
     * Takes a ticket that is good for one use; from now on it is used, whatever comes of it (C38). One that grants others
     * is none of these, and stays as it is.
     */
    Optional<Ticket> consume(String id) {
        if (Stream.of(Kind.values()).anyMatch(kind -> kind.grants() && id.startsWith(kind.prefix()))) {
            return Optional.empty();
        }
        return registry.ask(tickets -> tickets.consume(id))
                .filter(ticket -> !ticket.kind().grants() && ticket.isUsable(clock.instant()));
    }

    /** A granting ticket that may be used, and so may those that granted it. */
    Optional<Ticket> usable(String id) {
        return registry.ask(tickets -> tickets.get(id)).filter(ticket -> ticket.isUsable(clock.instant()));
    }

    /** The ticket-granting ticket that a ticket goes back to; nothing if any on the way has ended. */
    Optional<Ticket> root(Ticket ticket) {
        List<Ticket> line = line(ticket);
        return line.isEmpty() ? Optional.empty() : Optional.of(line.get(line.size() - 1));
    }

    /** A ticket and those that granted it, up to the ticket-granting ticket; nothing if any of them has ended. */
    List<Ticket> line(Ticket ticket) {
        List<Ticket> line = new ArrayList<>(List.of(ticket));
        for (Ticket at = ticket; at.kind() != Kind.TICKET_GRANTING; ) {
            Optional<Ticket> parent = usable(at.parent());
            if (parent.isEmpty()) {
                return List.of();
            }
            at = parent.get();
            line.add(at);
        }
        return line;
    }

    void update(String id, UnaryOperator<Ticket> change) {
        registry.ask(tickets -> tickets.update(id, change));
    }

    /** Ends all that a session was granted; gives what its ticket-granting ticket said. */
    Optional<Ticket> end(String session) {
        String id = grantingId(session);
        try {
            Optional<Ticket> granting = registry.ask(tickets -> tickets.get(id));
            registry.ask(tickets -> tickets.end(id));
            return granting;
        } catch (Refusal unreachable) {
            return Optional.empty(); // the session has ended, and with it what it granted, at the next look
        }
    }
}
