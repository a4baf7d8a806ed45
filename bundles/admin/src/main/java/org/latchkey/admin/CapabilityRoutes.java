package org.latchkey.admin;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/**
 * What entities may do and groups confer, one capability at a time. The directory takes whole sets, so the
 * changes made here wait for one another.
 */
final class CapabilityRoutes {

    private final Directory directory;
    private final DirectoryWriter writer;

    CapabilityRoutes(Directory directory, DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    List<Route> routes() {
        return List.of(
                Route.of("PUT", "/entities/{id}/capabilities/{cap}", Access.ROOT, this::grantEntity),
                Route.of("DELETE", "/entities/{id}/capabilities/{cap}", Access.ROOT, this::revokeEntity),
                Route.of("PUT", "/groups/{name}/capabilities/{cap}", Access.ROOT, this::grantGroup),
                Route.of("DELETE", "/groups/{name}/capabilities/{cap}", Access.ROOT, this::revokeGroup));
    }

    private synchronized Response grantEntity(Exchange exchange) {
        Entity entity = entity(exchange);
        return set(exchange, entity, with(entity.capabilities(), capability(exchange)));
    }

    private synchronized Response revokeEntity(Exchange exchange) {
        Entity entity = entity(exchange);
        return set(exchange, entity, without(entity.capabilities(), capability(exchange)));
    }

    private synchronized Response grantGroup(Exchange exchange) {
        Group group = group(exchange);
        return set(exchange, group, with(group.capabilities(), capability(exchange)));
    }

    private synchronized Response revokeGroup(Exchange exchange) {
        Group group = group(exchange);
        return set(exchange, group, without(group.capabilities(), capability(exchange)));
    }

    private Response set(Exchange exchange, Entity entity, Set<Capability> capabilities) {
        writer.setEntityCapabilities(exchange.caller(), entity.id(), capabilities);
        return Replies.done();
    }

    private Response set(Exchange exchange, Group group, Set<Capability> capabilities) {
        writer.setGroupCapabilities(exchange.caller(), group.name(), capabilities);
        return Replies.done();
    }

    private Entity entity(Exchange exchange) {
        String id = exchange.argument(0);
        return directory.entity(id).orElseThrow(() -> Refusal.notFound("entity", id));
    }

    private Group group(Exchange exchange) {
        String name = exchange.argument(0);
        return directory.group(name).orElseThrow(() -> Refusal.notFound("group", name));
    }

    private static Capability capability(Exchange exchange) {
        String name = exchange.argument(1);
        return Capability.of(name).orElseThrow(() -> Refusal.notFound("capability", name));
    }

    private static Set<Capability> with(Set<Capability> held, Capability one) {
        Set<Capability> changed = EnumSet.of(one);
        changed.addAll(held);
        return changed;
    }

    private static Set<Capability> without(Set<Capability> held, Capability one) {
        Set<Capability> changed = EnumSet.noneOf(Capability.class);
        changed.addAll(held);
        changed.remove(one);
        return changed;
    }
}
