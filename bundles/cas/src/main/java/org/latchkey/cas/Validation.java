package org.latchkey.cas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.service.Sessions;
import org.latchkey.cas.answer.Failure.Code;
import org.latchkey.cas.answer.Success;

/**
 * The validation of a ticket, the same for every endpoint (CAS 3.0.3, 2.4 to 2.6). The ticket is used up first and judged
 * then, so that nobody can try twice.
 */
final class Validation {

    private final Tickets tickets;
    private final Services services;
    private final Sessions sessions;
    private final SingleLogout logout;
    private final ProxyGranting proxyGranting;

    Validation(
            Tickets tickets, Services services, Sessions sessions, SingleLogout logout, ProxyGranting proxyGranting) {
        this.tickets = tickets;
        this.services = services;
        this.sessions = sessions;
        this.logout = logout;
        this.proxyGranting = proxyGranting;
    }

    /** Which tickets an endpoint takes. */
    enum Accepts {
        SERVICE_TICKETS,
        PROXY_TICKETS_TOO
    }

    /** Whether an endpoint tells attributes. */
    enum Tells {
        USER,
        ATTRIBUTES
    }

    /**
     * What an application asks.
     *
     * @param renew whether only a ticket for fresh credentials will do
     * @param callback where a proxy-granting ticket is to go, if one is wanted
     */
    record Question(
            String service, String ticket, boolean renew, Optional<String> callback, Accepts accepts, Tells tells) {}

    Success answer(Question question) throws Refused {
        Ticket ticket = take(question.ticket());
        refuseProxyTicket(question, ticket);
        Service service = refuseOtherService(question, ticket);
        refuseEarlierSignIn(question, ticket);
        Ticket granting = refuseEndedSession(ticket);
        Optional<String> iou = question.callback().isPresent()
                ? Optional.of(proxyGranting.grant(service, question.callback().get(), ticket, granting))
                : Optional.empty();
        logout.track(service, granting, ticket);
        return success(question, service, ticket, granting, iou);
    }

    private Ticket take(String id) throws Refused {
        return tickets.consume(id).orElseThrow(Validation::invalidTicket);
    }

    private static Refused invalidTicket() {
        return new Refused(Code.INVALID_TICKET, "The ticket is unknown, used or expired.");
    }

    private static void refuseProxyTicket(Question question, Ticket ticket) throws Refused {
        if (ticket.kind() == Ticket.Kind.PROXY && question.accepts() == Accepts.SERVICE_TICKETS) {
            throw new Refused(
                    Code.INVALID_TICKET_SPEC,
                    "The ticket is a proxy ticket, which this address does not take; proxyValidate does.");
        }
    }

    /** By the service the ticket was issued for, and by what is registered now. */
    private Service refuseOtherService(Question question, Ticket ticket) throws Refused {
        String issued = ticket.get(Tickets.SERVICE); // which was registered then, and so needs no look at its form
        if (!question.service().equals(issued) && !ServiceMatch.isSame(question.service(), issued)) {
            throw new Refused(Code.INVALID_SERVICE, "The ticket was issued for another service.");
        }
        return services.find(ticket.get(Tickets.SERVICE))
                .orElseThrow(() -> new Refused(Code.INVALID_SERVICE, "The service is not registered."));
    }

    private static void refuseEarlierSignIn(Question question, Ticket ticket) throws Refused {
        if (question.renew() && !ticket.get(Tickets.FRESH).equals("true")) {
            throw new Refused(Code.INVALID_TICKET, "The ticket was not issued for fresh credentials.");
        }
    }

    /** Asks for the session itself, since that of somebody who was locked a moment ago has ended without a word. */
    private Ticket refuseEndedSession(Ticket ticket) throws Refused {
        return tickets.root(ticket)
                .filter(root -> sessions.byId(root.get(Tickets.SESSION)).isPresent())
                .orElseThrow(Validation::invalidTicket);
    }

    private static Success success(
            Question question, Service service, Ticket ticket, Ticket granting, Optional<String> iou) {
        boolean told = question.tells() == Tells.ATTRIBUTES;
        Map<String, List<String>> attributes = told ? Told.to(service, granting.get(Tickets.ATTRIBUTES)) : Map.of();
        String proxies = ticket.get(Tickets.PROXIES);
        return new Success(
                granting.get(Tickets.USER),
                attributes,
                told,
                Instant.ofEpochMilli(Long.parseLong(granting.get(Tickets.SIGNED_IN_AT))),
                granting.get(Tickets.REMEMBERED).equals("true"),
                ticket.get(Tickets.FRESH).equals("true"),
                iou,
                proxies.isEmpty() ? List.of() : List.of(proxies.split("\n")));
    }
}
