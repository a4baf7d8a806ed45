package org.latchkey.cas;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.Ticket;
import org.latchkey.cas.logout.BackChannel;
import org.latchkey.cas.logout.LogoutRequest;

/**
 * Tells services that somebody signed out (CAS 3.0.3, 2.3.3). Which ones is written in the ticket-granting ticket when
 * they validate a ticket, so that whoever never signed anybody in hears of nobody's end.
 */
final class SingleLogout {

    /** Of the ticket-granting ticket: a line for each sign-in to a service, with its ticket and the service's URL. */
    private static final String SIGN_INS = "sign-ins";

    /** Of one session; the oldest are forgotten. */
    private static final int MOST = 200;

    private final Tickets tickets;
    private final Services services;
    private final BackChannel backChannel;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SingleLogout(Tickets tickets, Services services, BackChannel backChannel, Clock clock) {
        this.tickets = tickets;
        this.services = services;
        this.backChannel = backChannel;
        this.clock = clock;
    }

    void track(Service service, Ticket granting, Ticket used) {
        if (service.logout() == Service.Logout.NONE || used.kind() != Ticket.Kind.SERVICE) {
            return;
        }
        String line = used.id() + " " + used.get(Tickets.SERVICE).replace("\n", "");
        tickets.update(granting.id(), ticket -> ticket.with(SIGN_INS, added(ticket.get(SIGN_INS), line)));
    }

    private static String added(String lines, String line) {
        List<String> all = new ArrayList<>(lines.isEmpty() ? List.of() : List.of(lines.split("\n")));
        all.add(line);
        return String.join("\n", all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    /** A service that is to be told, of one of its sign-ins. */
    private record Told(Service service, String url, LogoutRequest request) {}

    private List<Told> told(Ticket granting, Service.Logout channel) {
        List<Told> told = new ArrayList<>();
        String lines = granting.get(SIGN_INS);
        for (String line : lines.isEmpty() ? new String[0] : lines.split("\n")) {
            String ticket = line.substring(0, line.indexOf(' '));
            String url = line.substring(line.indexOf(' ') + 1);
            services.find(url)
                    .filter(service -> service.logout() == channel)
                    .ifPresent(service -> told.add(new Told(
                            service,
                            service.logoutUrl().isEmpty() ? url : service.logoutUrl(),
                            LogoutRequest.of(ticket, clock.instant(), random))));
        }
        return told;
    }

    /** Tells those that are told directly, and waits for none of them (C21). */
    void tell(Ticket granting) {
        told(granting, Service.Logout.BACK_CHANNEL).forEach(each -> backChannel.send(each.url(), each.request()));
    }

    /** The addresses that the browser is to visit for those that are told through it. */
    List<String> throughBrowser(Ticket granting) {
        return told(granting, Service.Logout.FRONT_CHANNEL).stream()
                .map(each -> each.url()
                        + (each.url().contains("?") ? "&" : "?")
                        + each.request().query())
                .toList();
    }
}
