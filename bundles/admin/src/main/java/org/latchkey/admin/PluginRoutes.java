package org.latchkey.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;

/** Plugins: list, check, install, read, remove, and what an operator does to one by hand. */
final class PluginRoutes {

    private static final String JAR = "application/java-archive";
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Plugins plugins;

    PluginRoutes(Plugins plugins) {
        this.plugins = plugins;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/plugins", Access.ROOT, this::list),
                new Route("POST", "/plugins", Access.ROOT, JAR, this::install),
                new Route("POST", "/plugins/check", Access.ROOT, JAR, this::check),
                Route.of("GET", "/plugins/{name}", Access.ROOT, this::read),
                Route.of("DELETE", "/plugins/{name}", Access.ROOT, this::remove),
                Route.of("POST", "/plugins/{name}/rollback", Access.ROOT, this::rollback),
                Route.of("POST", "/plugins/{name}/enable", Access.ROOT, this::enable),
                Route.of("POST", "/plugins/{name}/disable", Access.ROOT, this::disable));
    }

    private Response list(Exchange exchange) {
        return Replies.json(
                Map.of("plugins", plugins.list().stream().map(PluginInfo::json).toList()));
    }

    private Response install(Exchange exchange) throws IOException {
        try (InputStream jar = exchange.request().body(MAX_BYTES)) {
            PluginInfo installed = plugins.install(jar);
            return Replies.created("/plugins/" + installed.symbolicName(), installed.json());
        }
    }

    private Response check(Exchange exchange) throws IOException {
        try (InputStream jar = exchange.request().body(MAX_BYTES)) {
            return Replies.json(plugins.check(jar).json());
        }
    }

    /** Of several jars with that name, the one that serves. */
    private Response read(Exchange exchange) {
        String name = exchange.argument(0);
        List<PluginInfo> found = plugins.list().stream()
                .filter(plugin -> plugin.symbolicName().equals(name))
                .toList();
        return Replies.json(found.stream()
                .filter(plugin -> plugin.state().equals("active"))
                .findFirst()
                .or(() -> found.stream().findFirst())
                .orElseThrow(() -> Refusal.notFound("plugin", name))
                .json());
    }

    private Response rollback(Exchange exchange) throws IOException {
        return Replies.json(plugins.rollback(exchange.argument(0)).json());
    }

    private Response enable(Exchange exchange) throws IOException {
        return Replies.json(plugins.enable(exchange.argument(0)).json());
    }

    private Response disable(Exchange exchange) throws IOException {
        plugins.disable(exchange.argument(0));
        return Replies.done();
    }

    private Response remove(Exchange exchange) throws IOException {
        plugins.remove(exchange.argument(0));
        return Replies.done();
    }
}
