package org.latchkey.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;

/**
 * {@code /healthz/live} and {@code /healthz/ready}, for whatever watches the process. No plugin makes them red,
 * unless the operator requires it.
 */
@Component(service = Endpoint.class, property = Endpoint.MOUNT + "=healthz")
public final class HealthzEndpoint implements Endpoint {

    private final Health health;

    /** There once the plugins that lie in the deploy directory at start have been gone through. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(osgi.condition.id=latchkey.ready)")
    volatile List<Condition> started = List.of();

    @Activate
    public HealthzEndpoint(@Reference ExtensionPoints points) {
        this.health = new Health(points);
    }

    @Override
    public Response handle(Request request) {
        return switch (request.path()) {
            case "/live" -> reading(request, Replies.json(Map.of("live", true)));
            case "/ready" -> reading(request, ready());
            default -> throw Refusal.of(Refusal.Kind.NOT_FOUND, "not-found", "There is nothing at this path.");
        };
    }

    private Response ready() {
        Map<String, String> faults = new LinkedHashMap<>();
        if (started.isEmpty()) {
            faults.put("starting", "The plugins in the deploy directory are coming up.");
        }
        health.core().stream().filter(each -> !each.ok()).forEach(each -> faults.put(each.name(), each.fault()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ready", faults.isEmpty());
        json.put("faults", List.copyOf(faults.keySet()));
        json.put("reasons", faults);
        return Replies.json(faults.isEmpty() ? 200 : 503, json);
    }

    private static Response reading(Request request, Response answer) {
        return request.method().equals("GET") ? answer : Response.empty(405).withHeader("Allow", "GET, HEAD");
    }
}
