package org.latchkey.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.service.Operations;

/** The chains of every point, and what an operator does to one extension by hand. */
final class HookRoutes {

    private final ExtensionPoints points;
    private final Operations operations;

    HookRoutes(ExtensionPoints points, Operations operations) {
        this.points = points;
        this.operations = operations;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/hooks", Access.ROOT, this::hooks),
                Route.json("POST", "/hooks/{extension}/quarantine", Access.ROOT, this::quarantine),
                Route.of("POST", "/hooks/{extension}/release", Access.ROOT, this::release));
    }

    private Response hooks(Exchange exchange) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("points", points.all().stream().map(HookRoutes::json).toList());
        json.put("operations", operations.steps());
        return Replies.json(json);
    }

    private static Map<String, Object> json(Extensions<?> point) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("point", point.point().getSimpleName());
        json.put("chain", point.list().stream().map(ExtensionInfo::json).toList());
        return json;
    }

    private Response quarantine(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("reason")) {
            String reason = body.optionalText("reason").orElse("by hand");
            return doneIfThere(exchange, points.quarantine(exchange.argument(0), reason));
        }
    }

    private Response release(Exchange exchange) {
        return doneIfThere(exchange, points.release(exchange.argument(0)));
    }

    private static Response doneIfThere(Exchange exchange, boolean there) {
        if (!there) {
            throw Refusal.notFound("extension of a plugin", exchange.argument(0));
        }
        return Replies.done();
    }
}
