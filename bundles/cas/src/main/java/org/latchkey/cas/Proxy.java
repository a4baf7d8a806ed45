package org.latchkey.cas;

import java.util.Optional;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions;
import org.latchkey.cas.answer.Answers;
import org.latchkey.cas.answer.Failure.Code;
import org.latchkey.cas.answer.Format;

/** {@code /proxy}: a proxy ticket for a proxy-granting ticket (CAS 3.0.3, 2.7). */
final class Proxy {

    private final Tickets tickets;
    private final Services services;
    private final Sessions sessions;

    Proxy(Tickets tickets, Services services, Sessions sessions) {
        this.tickets = tickets;
        this.services = services;
        this.sessions = sessions;
    }

    Response answer(Request request) {
        Optional<Format> format = Format.parse(request.query("format"));
        Answers answers = format.orElse(Format.XML).answers();
        if (format.isEmpty()) {
            return answers.proxyFailure(Format.UNKNOWN);
        }
        try {
            return answers.proxySuccess(ticket(Parameters.ofQuery(request)));
        } catch (Refused refused) {
            return answers.proxyFailure(refused.failure());
        }
    }

    private String ticket(Parameters parameters) throws Refused {
        Optional<String> pgt = parameters.optional("pgt");
        Optional<String> target = parameters.optional("targetService");
        if (pgt.isEmpty() || target.isEmpty()) {
            throw new Refused(Code.INVALID_REQUEST, "The parameters pgt and targetService are both required.");
        }
        Ticket granting = tickets.usable(pgt.get())
                .filter(ticket -> ticket.kind() == Ticket.Kind.PROXY_GRANTING)
                .orElseThrow(Proxy::invalid);
        Ticket root = tickets.root(granting).orElseThrow(Proxy::invalid);
        if (sessions.byId(root.get(Tickets.SESSION)).isEmpty()) {
            throw invalid();
        }
        if (services.find(target.get()).isEmpty()) {
            throw new Refused(Code.UNAUTHORIZED_SERVICE, "The target service is not registered.");
        }
        return tickets.proxyTicket(granting, target.get());
    }

    private static Refused invalid() {
        return new Refused(Code.INVALID_TICKET, "The proxy-granting ticket is unknown or has ended.");
    }
}
