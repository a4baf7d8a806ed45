package org.latchkey.admin;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/** What entities may do and groups confer, one capability at a time. */
final class CapabilityRoutes {

    private final Directory directory;
    private final DirectoryWriter writer;

    CapabilityRoutes(Directory directory, DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/entities/{id}/capabilities", Access.SELF_OR_ANY_CAPABILITY, this::ofEntity),
                Route.of("GET", "/groups/{name}/capabilities", Access.ANY_CAPABILITY, this::ofGroup),
                Route.of(
                        "PUT", "/entities/{id}/capabilities/{cap}", Access.ROOT, x -> ofEntity(x, with(capability(x)))),
                Route.of(
                        "DELETE",
                        "/entities/{id}/capabilities/{cap}",
                        Access.ROOT,
                        x -> ofEntity(x, without(capability(x)))),
                Route.of("PUT", "/groups/{name}/capabilities/{cap}", Access.ROOT, x -> ofGroup(x, with(capability(x)))),
                Route.of(
                        "DELETE",
                        "/groups/{name}/capabilities/{cap}",
                        Access.ROOT,
                        x -> ofGroup(x, without(capability(x)))));
    }

    /** What it may by itself, and what it may in effect. */
    private Response ofEntity(Exchange exchange) {
        String id = exchange.argument(0);
        Entity entity = directory.entity(id).orElseThrow(() -> Refusal.notFound("entity", id));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("direct", entity.capabilities());
        json.put("effective", directory.capabilities(entity));
        return Replies.json(json);
    }

    private Response ofGroup(Exchange exchange) {
        String name = exchange.argument(0);
        Group group = directory.group(name).orElseThrow(() -> Refusal.notFound("group", name));
        return Replies.json(Map.of("capabilities", group.capabilities()));
    }

    private Response ofEntity(Exchange exchange, UnaryOperator<Set<Capability>> change) {
        writer.changeEntityCapabilities(exchange.caller(), exchange.argument(0), change);
        return Replies.done();
    }

    private Response ofGroup(Exchange exchange, UnaryOperator<Set<Capability>> change) {
        writer.changeGroupCapabilities(exchange.caller(), exchange.argument(0), change);
        return Replies.done();
    }

    private static Capability capability(Exchange exchange) {
        String name = exchange.argument(1);
        return Capability.of(name).orElseThrow(() -> Refusal.notFound("capability", name));
    }

    private static UnaryOperator<Set<Capability>> with(Capability one) {
        return held -> {
            Set<Capability> changed = EnumSet.of(one);
            changed.addAll(held);
            return changed;
        };
    }

    private static UnaryOperator<Set<Capability>> without(Capability one) {
        return held -> {
            Set<Capability> changed = EnumSet.noneOf(Capability.class);
            changed.addAll(held);
            changed.remove(one);
            return changed;
        };
    }
}
