package org.latchkey.cas;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.extension.SessionObserver.Cause;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;

/** {@code /logout} (CAS 3.0.3, 2.3): ends the session, and goes back to a service only if it is registered. */
final class Logout {

    private final SignIn signIn;
    private final Sessions sessions;
    private final Services services;
    private final Tickets tickets;
    private final SingleLogout singleLogout;
    private final boolean tellsOfExpiry;

    /** @param tellsOfExpiry whether services are told of sessions that ended by themselves too (C20) */
    Logout(
            SignIn signIn,
            Sessions sessions,
            Services services,
            Tickets tickets,
            SingleLogout singleLogout,
            boolean tellsOfExpiry) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.services = services;
        this.tickets = tickets;
        this.singleLogout = singleLogout;
        this.tellsOfExpiry = tellsOfExpiry;
    }

    Response answer(Request request) throws Refused {
        Optional<Session> session = signIn.session(request);
        List<String> throughBrowser = session.flatMap(known -> tickets.usable(Tickets.grantingId(known.id())))
                .map(singleLogout::throughBrowser)
                .orElse(List.of());
        session.ifPresent(known -> sessions.end(known.id()));
        Optional<String> service = Parameters.ofQuery(request)
                .optional("service")
                .filter(url -> services.findWeb(url).isPresent());
        Response answer = service.isPresent() && throughBrowser.isEmpty()
                ? Response.empty(303)
                        .withHeader("Location", org.latchkey.cas.answer.ServiceRedirect.without(service.get()))
                : page(request, throughBrowser);
        return signIn.withoutSession(answer);
    }

    private Response page(Request request, List<String> throughBrowser) {
        List<Map<String, String>> addresses =
                throughBrowser.stream().map(url -> Map.of("url", url)).toList();
        List<String> origins =
                throughBrowser.stream().map(Login::origin).distinct().toList();
        return signIn.show(request, 200, "logged-out", "", Map.of("frontChannel", addresses, "imagesFrom", origins));
    }

    /** A session has ended, here or elsewhere: so do its tickets, and its services are told, if they are to be. */
    void ended(Session session, Cause cause) {
        Optional<Ticket> granting = tickets.end(session.id());
        if (cause != Cause.EXPIRED || tellsOfExpiry) {
            granting.ifPresent(singleLogout::tell);
        }
    }
}
