package org.latchkey.itest.cas;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apereo.cas.client.authentication.AttributePrincipal;
import org.apereo.cas.client.authentication.AuthenticationFilter;
import org.apereo.cas.client.session.SingleSignOutFilter;
import org.apereo.cas.client.session.SingleSignOutHttpSessionListener;
import org.apereo.cas.client.util.HttpServletRequestWrapperFilter;
import org.apereo.cas.client.validation.Cas30ProxyReceivingTicketValidationFilter;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.rules.ExternalResource;

/**
 * Applications behind the filters of the Java CAS client, at {@code /NAME} of one web server on this machine. Each says
 * who is signed in, as "NAME: user, display name", or "NAME: nobody".
 */
public final class Applications extends ExternalResource {

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final Map<String, Boolean> gateways = new LinkedHashMap<>();
    private final String cas;

    /** @param cas the address of the CAS server, without a slash at its end */
    public Applications(String cas) {
        this.cas = cas;
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.setHandler(contexts);
        try {
            connector.open();
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    /** Has it serve an application that asks everybody to sign in. */
    public Applications with(String name) {
        gateways.put(name, false);
        return this;
    }

    /** Has it serve one that asks nobody, but sees who has signed in elsewhere. */
    public Applications withGateway(String name) {
        gateways.put(name, true);
        return this;
    }

    public String origin() {
        return "http://localhost:" + connector.getLocalPort();
    }

    @Override
    protected void before() throws Exception {
        gateways.forEach((name, gateway) -> contexts.addHandler(application(name, gateway)));
        jetty.start();
    }

    @Override
    protected void after() {
        try {
            jetty.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private ServletContextHandler application(String name, boolean gateway) {
        ServletContextHandler context = new ServletContextHandler("/" + name, ServletContextHandler.SESSIONS);
        context.addEventListener(new SingleSignOutHttpSessionListener());
        filter(context, new SingleSignOutFilter(), Map.of());
        filter(
                context,
                new AuthenticationFilter(),
                Map.of(
                        "casServerLoginUrl", cas + "/login",
                        "serverName", origin(),
                        "gateway", Boolean.toString(gateway)));
        filter(
                context,
                new Cas30ProxyReceivingTicketValidationFilter(),
                Map.of("casServerUrlPrefix", cas, "serverName", origin()));
        filter(context, new HttpServletRequestWrapperFilter(), Map.of());
        context.addServlet(new ServletHolder(new Greeting(name)), "/*");
        return context;
    }

    private static void filter(ServletContextHandler context, Filter filter, Map<String, String> settings) {
        FilterHolder holder = new FilterHolder(filter);
        settings.forEach(holder::setInitParameter);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private static final class Greeting extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final String name;

        Greeting(String name) {
            this.name = name;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().print(name + ": " + who(request.getUserPrincipal(), request.getRemoteUser()));
        }

        private static String who(Principal principal, String remoteUser) {
            return principal instanceof AttributePrincipal somebody
                    ? remoteUser + ", " + somebody.getAttributes().get("display_name")
                    : "nobody";
        }
    }
}
