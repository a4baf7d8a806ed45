package org.latchkey.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Plugins;

/** How the server is, and the description of this API. */
final class SystemRoutes {

    private final Plugins plugins;
    private final Health health;
    private final String version;
    private final Instant startedAt =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    SystemRoutes(ExtensionPoints points, Plugins plugins, String version) {
        this.plugins = plugins;
        this.health = new Health(points);
        this.version = version;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/system/status", Access.ROOT, this::status),
                Route.of("GET", "/openapi.json", Access.PUBLIC, this::openApi));
    }

    private Response status(Exchange exchange) {
        List<Subsystem> subsystems = health.all(plugins);
        List<Subsystem> faulty = subsystems.stream().filter(each -> !each.ok()).toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", faulty.isEmpty());
        json.put("first_failure", faulty.isEmpty() ? "" : faulty.get(0).name());
        json.put("subsystems", subsystems.stream().map(Subsystem::json).toList());
        json.put("version", version);
        json.put("started_at", startedAt.truncatedTo(ChronoUnit.SECONDS));
        json.put("java", Runtime.version());
        return Replies.json(json);
    }

    private Response openApi(Exchange exchange) {
        return Response.of(200, Route.JSON, OpenApi.document());
    }
}
