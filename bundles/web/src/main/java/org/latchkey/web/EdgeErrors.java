package org.latchkey.web;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Gives our form to the errors that Jetty finds by itself before any servlet runs: broken requests, headers
 * too large. A connector factory is the one service through which Felix HTTP hands out its Jetty server, so
 * this is one; the connector it adds listens to nobody.
 */
@Component(service = ConnectorFactory.class)
public final class EdgeErrors implements ConnectorFactory, Request.Handler {

    private final SecurityHeaders security;

    @Activate
    public EdgeErrors(BundleContext context) {
        this(Objects.requireNonNullElse(context.getProperty("latchkey.public.url"), ""));
    }

    EdgeErrors(String publicUrl) {
        this.security = new SecurityHeaders(publicUrl);
    }

    @Override
    public Connector createConnector(Server server) {
        server.setErrorHandler(this);
        return new LocalConnector(server);
    }

    /** Answers with nothing but what the status says: Jetty's own message may repeat the input. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String id = RequestIds.next();
        int status = response.getStatus();
        var problem = Problem.of(status, status < 500 ? "The server could not read the request." : "")
                .answer(id);
        var headers = response.getHeaders();
        security.over(request.isSecure() ? "https" : "http")
                .forEach(Problem.MEDIA_TYPE, List.of(), id, (name, value) -> headers.put(new HttpField(name, value)));
        headers.put("Content-Type", Problem.MEDIA_TYPE);
        headers.put("Content-Length", problem.body().length);
        response.write(true, ByteBuffer.wrap(problem.body()), callback);
        return true;
    }
}
