package org.latchkey.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.web.certificate.CertificateDesk;
import org.latchkey.web.feed.Feeds;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet. Finds the endpoint of a request, holds it until the answer is written, and calls it. So a
 * request ends on the revision it began with, however often plugins are replaced meanwhile.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
public final class FrontServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(FrontServlet.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Problem NOTHING = Problem.of(404, "There is nothing at this path.");
    private static final Problem STARTING =
            Problem.of(Refusal.of(Refusal.Kind.UNAVAILABLE, "starting", "The server is starting."));
    private static final Problem STUCK =
            Problem.of(Refusal.of(Refusal.Kind.UNAVAILABLE, "plugin-unavailable", "A plugin does not answer."));
    private static final Problem BROKEN =
            Problem.of(500, "Something went wrong; the log tells more under this request's id.");

    private final transient ExtensionPoints points;
    private final transient Mounts mounts;
    private final transient SecurityHeaders security;
    private final transient ErrorForm errors;
    private final transient CertificateDesk certificates;
    private final transient Feeds feeds;
    private final transient FedAnswer fed;

    @Activate
    public FrontServlet(
            @Reference ExtensionPoints points,
            @Reference CertificateDesk certificates,
            @Reference Feeds feeds,
            BundleContext context) {
        this(points, certificates, feeds, Objects.requireNonNullElse(context.getProperty("latchkey.public.url"), ""));
    }

    FrontServlet(ExtensionPoints points, CertificateDesk certificates, Feeds feeds, String publicUrl) {
        this.points = points;
        this.certificates = certificates;
        this.mounts = new Mounts(points.of(Endpoint.class));
        this.security = new SecurityHeaders(publicUrl);
        this.errors = new ErrorForm(points);
        this.feeds = feeds;
        this.fed = new FedAnswer(feeds, new HandshakeRule(publicUrl));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        String id = RequestIds.next();
        Nonce nonce = new Nonce();
        Answer answer = new Answer(security.over(request.getScheme()), id, nonce, request, response);
        Optional<RequestPath> path = RequestPath.of(request.getRequestURI());
        if (!METHODS.contains(request.getMethod())) {
            answer.send(Response.empty(405).withHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
        } else if (path.isEmpty()) {
            answer.send(Problem.of(400, "The path is ambiguous.").answer(id));
        } else {
            RequestPath at = WellKnown.ofEndpoint(path.get())
                    .filter(endpoint -> mounts.has(endpoint.mount()))
                    .orElse(path.get());
            serve(
                    at.mount(),
                    request,
                    new IncomingRequest(
                            request, id, at.below(), security.isSecure(request.getScheme()), nonce, certificates),
                    answer);
        }
    }

    private void serve(String mount, HttpServletRequest request, IncomingRequest incoming, Answer answer) {
        Optional<Chain<Endpoint>> found = mounts.enter(mount);
        if (found.isEmpty()) {
            Problem problem = MountRule.isOfTheCore(mount) ? STARTING : NOTHING;
            serveWithWayOut(() -> errors.of(problem, mount, incoming), mount, request, incoming, answer);
            return;
        }
        try (Chain<Endpoint> held = found.get()) {
            Link<Endpoint> link = held.links().get(0);
            serveWithWayOut(() -> ask(link, mount, incoming), mount, request, incoming, answer);
        }
    }

    /**
     * Any request may run a plugin, be it a theme. Should one never come back, another thread answers in this one's place;
     * whoever is first answers, and what the other has to say is dropped.
     */
    private void serveWithWayOut(
            Supplier<Response> work,
            String mount,
            HttpServletRequest request,
            IncomingRequest incoming,
            Answer answer) {
        AsyncContext exchange = request.startAsync(); // else the response would be ours only until this returns
        exchange.setTimeout(0);
        OneAnswer one = new OneAnswer(answer, exchange, fed);
        ExtensionPoints.Scope wayOut =
                points.whenStuck(() -> one.sendInPlaceOfStuck(errors.withoutTheme(STUCK, mount, incoming)));
        try {
            one.send(work.get());
        } finally {
            wayOut.close();
            if (!one.isSent()) {
                one.send(errors.withoutTheme(BROKEN, mount, incoming)); // an Error is on its way up
            }
        }
    }

    private Response ask(Link<Endpoint> link, String mount, IncomingRequest incoming) {
        OfferedFeed offered = new OfferedFeed(feeds, link);
        try {
            Response answer =
                    link.call(endpoint -> offered.begun(ResponseRule.checked(offered.in(endpoint.handle(incoming)))));
            return errors.complete(answer, mount, incoming);
        } catch (Refusal refusal) {
            offered.decline();
            return errors.of(Problem.of(refusal), mount, incoming);
        } catch (PluginFault fault) {
            offered.decline();
            log.atWarn()
                    .addKeyValue("request", incoming.id())
                    .addKeyValue("plugin", link.info().bundle())
                    .addKeyValue("fault", fault.getMessage())
                    .log("An endpoint failed");
            return errors.of(fault.kind() == PluginFault.Kind.FAILED ? BROKEN : STUCK, mount, incoming);
        }
    }
}
