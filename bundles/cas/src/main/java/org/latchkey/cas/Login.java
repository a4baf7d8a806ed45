package org.latchkey.cas;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.cas.Service;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.cas.Tickets.Freshness;
import org.latchkey.cas.answer.ServiceRedirect;

/**
 * {@code /login} as credential requestor and acceptor (CAS 3.0.3, 2.1 and 2.2). A browser is sent nowhere but to a
 * registered service, and what is registered is looked at anew at each step.
 */
final class Login {

    private static final long LONGEST_FORM = 16 * 1024;
    private static final String ACTION = "/cas/login";

    private final SignIn signIn;
    private final Authentication authentication;
    private final Services services;
    private final Tickets tickets;

    Login(SignIn signIn, Authentication authentication, Services services, Tickets tickets) {
        this.signIn = signIn;
        this.authentication = authentication;
        this.services = services;
        this.tickets = tickets;
    }

    /** What is asked for, and the service it is for, if it is for one. */
    private record Visit(Request request, LoginRequest login, Optional<Service> service) {

        String theme() {
            return service.map(Service::theme).orElse("");
        }

        SignIn.Purpose purpose() {
            return new SignIn.Purpose(
                    ACTION,
                    login.fields(),
                    service.map(Service::name).orElse(""),
                    theme(),
                    login.service().map(Login::origin).map(List::of).orElse(List.of()));
        }
    }

    /** The origin of a service's URL, which the registry has found to be one; a service that is no URL has none. */
    static String origin(String service) {
        URI url = URI.create(service.split("[?#]", 2)[0]);
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    Response request(Request request) throws Refused {
        LoginRequest login = LoginRequest.of(Parameters.ofQuery(request));
        Optional<Service> service = login.service().flatMap(services::findWeb);
        if (login.service().isPresent() && service.isEmpty()) {
            return unknownService(request);
        }
        Visit visit = new Visit(request, login, service);
        Optional<Session> session = login.renew() ? Optional.empty() : signIn.session(request);
        if (session.isEmpty()) {
            return login.gateway() ? pass(visit) : arrive(visit);
        }
        return service.isPresent() && session.get().warned()
                ? warn(visit)
                : enter(visit, session.get(), Freshness.EARLIER_SIGN_IN);
    }

    /**
     * With {@code renew} what is shown for this counts as in 2.1.3 and 2.1.4 of the specification: the form, or recognition
     * if the operator has it count, and then after a question.
     */
    private Response arrive(Visit visit) {
        SignIn.Demand demand = visit.login().renew() ? SignIn.Demand.CREDENTIALS : SignIn.Demand.ANY_PROOF;
        return settled(visit, signIn.arrive(visit.request(), visit.purpose(), demand));
    }

    /** A gateway asks nobody anything; who is recognized without a question gets a ticket (C8, C9). */
    private Response pass(Visit visit) {
        return signIn.recognized(visit.request())
                .map(signedIn -> settled(visit, signedIn))
                .orElseGet(() ->
                        redirect(ServiceRedirect.without(visit.login().service().orElseThrow())));
    }

    Response accept(Request request) throws Refused, IOException {
        Map<String, List<String>> form = request.form(LONGEST_FORM);
        LoginRequest login = LoginRequest.of(Parameters.ofForm(request, form));
        Optional<Service> service = login.service().flatMap(services::findWeb);
        if (login.service().isPresent() && service.isEmpty()) {
            return unknownService(request);
        }
        Visit visit = new Visit(request, login, service);
        if (form.containsKey("confirm")) {
            return confirmed(visit, form);
        }
        return settled(visit, signIn.submit(request, visit.purpose(), form));
    }

    /** Recognition alone does not make a ticket that a validation with {@code renew} takes (C23, C27). */
    private Response settled(Visit visit, SignIn.Outcome outcome) {
        if (outcome instanceof SignIn.SignedIn signedIn) {
            Freshness freshness =
                    signedIn.proof() == SignIn.Proof.CREDENTIALS ? Freshness.CREDENTIALS : Freshness.EARLIER_SIGN_IN;
            return signIn.withSession(enter(visit, signedIn.begun().session(), freshness), signedIn.begun());
        }
        return ((SignIn.Again) outcome).page();
    }

    /** Whoever asked to be warned has said yes to this service (C13). */
    private Response confirmed(Visit visit, Map<String, List<String>> form) {
        Optional<Session> session = signIn.session(visit.request());
        if (session.isEmpty()) {
            return signIn.page(visit.request(), visit.purpose(), 403, "error.session-expired");
        }
        return signIn.isGenuine(visit.request(), form)
                ? enter(visit, session.get(), Freshness.EARLIER_SIGN_IN)
                : warn(visit);
    }

    private Response warn(Visit visit) {
        return signIn.withToken(visit.request(), token -> {
            Map<String, Object> values = new HashMap<>();
            values.put("action", ACTION);
            values.put("token", token);
            values.put("service", visit.purpose().relyingParty());
            values.put("hidden", fields(visit.login()));
            values.put("redirectsTo", visit.purpose().redirectsTo().get(0));
            return signIn.show(visit.request(), 200, "warn", visit.theme(), values);
        });
    }

    private static List<Map<String, String>> fields(LoginRequest login) {
        return login.fields().entrySet().stream()
                .map(field -> Map.of("name", field.getKey(), "value", field.getValue()))
                .toList();
    }

    private Response unknownService(Request request) {
        return signIn.show(request, 403, "unknown-service", "", Map.of());
    }

    /** Signed in: to the service with a ticket, if this person may use it, or to the page that says so. */
    private Response enter(Visit visit, Session session, Freshness freshness) {
        if (visit.service().isEmpty()) {
            return signIn.show(
                    visit.request(),
                    200,
                    "signed-in",
                    "",
                    Map.of("username", session.principal().id()));
        }
        Service service = visit.service().get();
        if (!authentication.permits(caller(visit.request(), session), session.principal(), service.groups())) {
            return signIn.show(visit.request(), 403, "unauthorized", visit.theme(), Map.of("service", service.name()));
        }
        String url = visit.login().service().orElseThrow();
        return answer(visit, url, tickets.serviceTicket(session, url, freshness));
    }

    private static Caller caller(Request request, Session session) {
        return new Caller(session.principal().id(), Set.of(), request.id(), request.address(), false);
    }

    /** Back to the service (C10, C14). */
    private Response answer(Visit visit, String url, String ticket) {
        String name = visit.login().protocol().ticketParameter;
        return switch (visit.login().method()) {
            case GET -> redirect(ServiceRedirect.with(url, name, ticket));
            case HEADER ->
                Response.text(200, "")
                        .withHeader("service", ServiceRedirect.without(url))
                        .withHeader(name, ticket);
            case POST -> {
                Map<String, Object> values = new HashMap<>();
                values.put("target", ServiceRedirect.without(url));
                values.put("name", name);
                values.put("ticket", ticket);
                values.put("redirectsTo", origin(url));
                yield signIn.show(visit.request(), 200, "redirect", visit.theme(), values);
            }
        };
    }

    private static Response redirect(String url) {
        return Response.empty(303)
                .withHeader("Location", url)
                .withHeader("Pragma", "no-cache")
                .withHeader("Expires", "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
