package org.latchkey.procs.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/** What everybody may ask: whether it is there, how much was done, and how it is used. */
public final class OpenRoutes implements RouteSource {

    private static final String DESCRIPTION = "/org/latchkey/procs/http/swagger.yml";
    private static final String PAGE = "/org/latchkey/procs/http/docs.html";

    private final Supplier<String> metrics;

    /** @param metrics in the text format of Prometheus */
    public OpenRoutes(Supplier<String> metrics) {
        this.metrics = metrics;
    }

    @Override
    public void addTo(Routes routes) {
        routes.open("/ping", request -> Response.text(200, "pong"))
                .open("/metrics", request -> metrics())
                .open("/docs", OpenRoutes::docs)
                .open("/docs/{page}", OpenRoutes::docs)
                .open("/swagger.yml", OpenRoutes::description);
    }

    private Response metrics() {
        return Response.text(200, metrics.get())
                .withHeader("Content-Type", "text/plain;version=0.0.4;charset=utf-8")
                .withHeader("Cache-Control", "no-store");
    }

    private static Response docs(Request request) throws IOException {
        return switch (request.path()) {
            case "/docs", "/docs/", "/docs/index.html" -> resource("text/html;charset=utf-8", PAGE);
            case "/docs/swagger.yml" -> description(request);
            default -> throw Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is nothing at this path.");
        };
    }

    private static Response description(Request request) throws IOException {
        return resource("application/yaml;charset=utf-8", DESCRIPTION);
    }

    private static Response resource(String type, String name) throws IOException {
        try (InputStream content = OpenRoutes.class.getResourceAsStream(name)) {
            return Response.of(200, type, content.readAllBytes());
        }
    }
}
