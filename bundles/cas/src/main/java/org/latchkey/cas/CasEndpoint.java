package org.latchkey.cas;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.latchkey.api.cas.ServiceRegistry;
import org.latchkey.api.cas.TicketRegistry;
import org.latchkey.api.extension.SessionObserver;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.cas.Validation.Accepts;
import org.latchkey.cas.Validation.Tells;
import org.latchkey.cas.answer.Saml11Answers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The CAS server, protocol 3.0.3, at {@code /cas}. */
@Component(
        service = {Endpoint.class, SessionObserver.class},
        configurationPid = "latchkey.cas",
        property = Endpoint.MOUNT + "=cas")
@Designate(ocd = CasEndpoint.Config.class)
public final class CasEndpoint implements Endpoint, SessionObserver {

    @ObjectClassDefinition(name = "Latchkey CAS", description = "The CAS server.")
    public @interface Config {

        @AttributeDefinition(min = "1", max = "300", description = "Life of a service ticket, in seconds.")
        int serviceTicketSeconds() default 60;

        @AttributeDefinition(min = "1", max = "300", description = "Life of a proxy ticket, in seconds.")
        int proxyTicketSeconds() default 60;

        @AttributeDefinition(description = "Whether the endpoints of CAS 2 tell attributes too.")
        boolean attributesInVersion2() default false;

        @AttributeDefinition(
                description =
                        "Whether applications are told of sessions that ended by themselves, as they are of sign-outs.")
        boolean logoutOnExpiry() default true;

        @AttributeDefinition(description = "The latchkey.registry of the ticket registry; empty for the first.")
        String ticketRegistry() default "";

        @AttributeDefinition(description = "The latchkey.registry of the service registry; empty for the first.")
        String serviceRegistry() default "";

        @AttributeDefinition(
                description = "Hosts whose proxy callbacks are allowed though their address is a private one.")
        String[] privateCallbackHosts() default {};

        @AttributeDefinition(
                description = "PEM file of the authorities that proxy callbacks are trusted by; empty for Java's own.")
        String callbackAuthorities() default "";

        @AttributeDefinition(description = "Who SAML assertions name as their issuer.")
        String issuer() default "latchkey";
    }

    private final Routes routes;
    private final Outside outside;
    private final Logout logout;

    @Activate
    public CasEndpoint(
            @Reference ExtensionPoints points,
            @Reference SignIn signIn,
            @Reference Sessions sessions,
            @Reference Authentication authentication,
            @Reference Outbound outbound,
            Config config) {
        Clock clock = Clock.systemUTC();
        this.outside = Outside.of(config, outbound);
        Services services = new Services(points.of(ServiceRegistry.class), config.serviceRegistry());
        Tickets tickets = new Tickets(
                new Registry(points.of(TicketRegistry.class), config.ticketRegistry()),
                clock,
                Duration.ofSeconds(config.serviceTicketSeconds()),
                Duration.ofSeconds(config.proxyTicketSeconds()));
        SingleLogout singleLogout = new SingleLogout(tickets, services, outside.backChannel(), clock);
        Validation validation = new Validation(
                tickets, services, sessions, singleLogout, new ProxyGranting(tickets, outside.callbacks()));
        ValidateHandlers validate = new ValidateHandlers(
                validation, new Saml11Answers(config.issuer(), Duration.ofMinutes(1), clock, new SecureRandom()));
        Login login = new Login(signIn, authentication, services, tickets);
        Proxy proxy = new Proxy(tickets, services, sessions, authentication);
        this.logout = new Logout(signIn, sessions, services, tickets, singleLogout, config.logoutOnExpiry());
        Tells version2 = config.attributesInVersion2() ? Tells.ATTRIBUTES : Tells.USER;

        this.routes = routes(validate, login, proxy, version2);
    }

    /** The addresses of the protocol. */
    private Routes routes(ValidateHandlers validate, Login login, Proxy proxy, Tells version2) {
        return new Routes()
                .get("/", request -> toLogin())
                .get("/login", login::request)
                .post("/login", login::accept)
                .get("/logout", logout::answer)
                .get("/validate", validate::cas10)
                .get("/serviceValidate", request -> validate.cas30(request, Accepts.SERVICE_TICKETS, version2))
                .get("/proxyValidate", request -> validate.cas30(request, Accepts.PROXY_TICKETS_TOO, version2))
                .get(
                        "/p3/serviceValidate",
                        request -> validate.cas30(request, Accepts.SERVICE_TICKETS, Tells.ATTRIBUTES))
                .get(
                        "/p3/proxyValidate",
                        request -> validate.cas30(request, Accepts.PROXY_TICKETS_TOO, Tells.ATTRIBUTES))
                .get("/proxy", proxy::answer)
                .post("/samlValidate", validate::saml11);
    }

    private static Response toLogin() {
        return Response.empty(302).withHeader("Location", "/cas/login");
    }

    @Deactivate
    void close() {
        outside.close();
    }

    @Override
    public Response handle(Request request) throws IOException {
        return routes.answer(request);
    }

    @Override
    public void ended(Session session, Cause cause) {
        logout.ended(session, cause);
    }
}
