package org.latchkey.cas;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.cas.answer.Answers;
import org.latchkey.cas.answer.Failure.Code;
import org.latchkey.cas.answer.Format;

/**
 * {@code /proxy}: a proxy ticket for a proxy-granting ticket (CAS 3.0.3, 2.7). What is registered is looked at anew: none
 * of the proxies on the way may have lost its right to be one, and somebody who may not sign in to the target cannot be
 * acted for there either.
 */
final class Proxy {

    private final Tickets tickets;
    private final Services services;
    private final Sessions sessions;
    private final Authentication authentication;

    Proxy(Tickets tickets, Services services, Sessions sessions, Authentication authentication) {
        this.tickets = tickets;
        this.services = services;
        this.sessions = sessions;
        this.authentication = authentication;
    }

    Response answer(Request request) {
        Optional<Format> format = Format.parse(request.query("format"));
        Answers answers = format.orElse(Format.XML).answers();
        if (format.isEmpty()) {
            return answers.proxyFailure(Format.UNKNOWN);
        }
        try {
            return answers.proxySuccess(ticket(request, Parameters.ofQuery(request)));
        } catch (Refused refused) {
            return answers.proxyFailure(refused.failure());
        } catch (Refusal unavailable) {
            return answers.proxyFailure(ValidateHandlers.internal(request, unavailable));
        }
    }

    private String ticket(Request request, Parameters parameters) throws Refused {
        Optional<String> pgt = parameters.optional("pgt");
        Optional<String> target = parameters.optional("targetService");
        if (pgt.isEmpty() || target.isEmpty()) {
            throw new Refused(Code.INVALID_REQUEST, "The parameters pgt and targetService are both required.");
        }
        Ticket granting = tickets.usable(pgt.get())
                .filter(ticket -> ticket.kind() == Ticket.Kind.PROXY_GRANTING)
                .orElseThrow(Proxy::invalid);
        Session session = session(granting);
        refuseFormerProxy(granting);
        refuseTarget(target.get(), session, request);
        return tickets.proxyTicket(granting, target.get());
    }

    private Session session(Ticket granting) throws Refused {
        return tickets.root(granting)
                .flatMap(root -> sessions.byId(root.get(Tickets.SESSION)))
                .orElseThrow(Proxy::invalid);
    }

    private void refuseFormerProxy(Ticket granting) throws Refused {
        for (Ticket ticket : tickets.line(granting)) {
            if (ticket.kind() == Ticket.Kind.PROXY_GRANTING
                    && services.find(ticket.get(Tickets.SERVICE))
                            .filter(Service::proxies)
                            .isEmpty()) {
                throw new Refused(Code.UNAUTHORIZED_SERVICE_PROXY, "The service is not allowed to act as a proxy.");
            }
        }
    }

    private void refuseTarget(String target, Session session, Request request) throws Refused {
        Service service = services.find(target)
                .orElseThrow(() -> new Refused(Code.UNAUTHORIZED_SERVICE, "The target service is not registered."));
        Caller caller = new Caller(session.principal().id(), Set.of(), request.id(), request.address(), false);
        if (!authentication.permits(caller, session.principal(), service.groups())) {
            throw new Refused(Code.UNAUTHORIZED_SERVICE, "The user may not use the target service.");
        }
    }

    private static Refused invalid() {
        return new Refused(Code.INVALID_TICKET, "The proxy-granting ticket is unknown or has ended.");
    }
}
