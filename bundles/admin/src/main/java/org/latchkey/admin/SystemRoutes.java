package org.latchkey.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.Operations;

/** What runs here: chains and operations, health, and the description of this API. */
final class SystemRoutes {

    private final ExtensionPoints points;
    private final Operations operations;
    private final Plugins plugins;
    private final Health health;
    private final String version;
    private final Instant startedAt =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    SystemRoutes(ExtensionPoints points, Operations operations, Plugins plugins, String version) {
        this.points = points;
        this.operations = operations;
        this.plugins = plugins;
        this.health = new Health(points);
        this.version = version;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/hooks", Access.ROOT, this::hooks),
                Route.of("GET", "/system/status", Access.ROOT, this::status),
                Route.of("GET", "/openapi.json", Access.PUBLIC, this::openApi));
    }

    private Response hooks(Exchange exchange) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("points", points.all().stream().map(SystemRoutes::json).toList());
        json.put("operations", operations.steps());
        return Replies.json(json);
    }

    private static Map<String, Object> json(Extensions<?> point) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("point", point.point().getSimpleName());
        json.put("chain", point.list().stream().map(ExtensionInfo::json).toList());
        return json;
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
