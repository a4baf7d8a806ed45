package org.latchkey.benchmark.page;

import java.util.Hashtable;
import java.util.Map;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A whole plugin in one class: answers {@code /bench/}. */
public final class Page implements BundleActivator, Endpoint {

    @Override
    public void start(BundleContext context) {
        context.registerService(Endpoint.class, this, new Hashtable<>(Map.of(Endpoint.MOUNT, "bench")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service away.
    }

    @Override
    public Response handle(Request request) {
        return Response.text(200, "here");
    }
}
