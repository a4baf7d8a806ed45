package org.latchkey.cas;

import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.Ticket;
import org.latchkey.cas.answer.Failure.Code;
import org.latchkey.cas.proxy.ProxyCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands out proxy-granting tickets: to a callback that has proved who it is, and only there (CAS 3.0.3, 2.5.4). */
final class ProxyGranting {

    private static final Logger log = LoggerFactory.getLogger(ProxyGranting.class);

    private final Tickets tickets;
    private final ProxyCallback callbacks;

    ProxyGranting(Tickets tickets, ProxyCallback callbacks) {
        this.tickets = tickets;
        this.callbacks = callbacks;
    }

    /** The "I owe you" of a new proxy-granting ticket, which is at the callback by then. */
    String grant(Service service, String callback, Ticket used, Ticket granting) throws Refused {
        if (!service.proxies()) {
            throw new Refused(Code.UNAUTHORIZED_SERVICE_PROXY, "The service is not allowed to act as a proxy.");
        }
        Ticket ticket = tickets.proxyGranting(used, granting, callback);
        String iou = TicketIds.nextIou();
        if (callbacks.deliver(callback, ticket.id(), iou) instanceof ProxyCallback.Refused refused) {
            log.atInfo()
                    .addKeyValue("service", service.name())
                    .addKeyValue("reason", refused.reason())
                    .log("a proxy callback was not called");
            throw new Refused(Code.INVALID_PROXY_CALLBACK, "The proxy callback could not be reached in a trusted way.");
        }
        tickets.keep(ticket);
        return iou;
    }
}
