package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/** Entities: list, read, create, change, destroy, lock, secret. */
final class EntityRoutes {

    /** What an entity has but PATCH does not change, and how it is changed. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "id", "The id of an entity stays as it is.",
            "number", "The number of an entity stays as it is.",
            "locked", "An entity is locked and unlocked at /entities/{id}/lock and /entities/{id}/unlock.",
            "secret", "A secret is changed at /entities/{id}/secret.",
            "has_secret", "A secret is changed at /entities/{id}/secret.",
            "groups", "Membership is changed at /groups/{name}/members/{id}.",
            "capabilities", "Capabilities are changed one by one, at /entities/{id}/capabilities/{cap}.",
            "keys", "Keys are changed at /entities/{id}/keys.",
            "kv", "KV is changed at /entities/{id}/kv.",
            "version", "The version counts changes.");

    private final Directory directory;
    private final DirectoryWriter writer;

    EntityRoutes(Directory directory, DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/entities", Access.ANY_CAPABILITY, this::list),
                Route.json("POST", "/entities", Access.TOKEN, this::create),
                Route.of("GET", "/entities/{id}", Access.SELF_OR_ANY_CAPABILITY, this::read),
                Route.json("PATCH", "/entities/{id}", Access.TOKEN, this::update),
                Route.of("DELETE", "/entities/{id}", Access.TOKEN, this::destroy),
                Route.json("PUT", "/entities/{id}/secret", Access.TOKEN, this::changeSecret),
                Route.of("POST", "/entities/{id}/lock", Access.TOKEN, this::lock),
                Route.of("POST", "/entities/{id}/unlock", Access.TOKEN, this::unlock),
                Route.of("GET", "/entities/{id}/groups", Access.SELF_OR_ANY_CAPABILITY, this::groups));
    }

    private Response list(Exchange exchange) {
        Paging paging = Paging.of(exchange.request());
        return Replies.page(
                "entities", directory.entities(paging.query(), paging.cursor(), paging.limit()), Entity::json);
    }

    private Response create(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("id", "number", "secret", "meta", "kv")) {
            Entity entity = Entity.named(body.text("id"))
                    .withNumber(body.number("number").orElse(0L));
            for (Map.Entry<MetaField, String> field : body.meta("meta").entrySet()) {
                entity = entity.withMeta(field.getKey(), field.getValue());
            }
            for (Map.Entry<String, List<String>> pair : body.lists("kv").entrySet()) {
                entity = entity.withKv(pair.getKey(), pair.getValue());
            }
            Entity created = writer.createEntity(exchange.caller(), entity, body.optionalSecret("secret"));
            return Replies.created("/entities/" + created.id(), created.json());
        }
    }

    private Response read(Exchange exchange) {
        String id = exchange.argument(0);
        return Replies.json(directory
                .entity(id)
                .orElseThrow(() -> Refusal.notFound("entity", id))
                .json());
    }

    private Response update(Exchange exchange) throws IOException {
        try (Fields body = exchange.patch(ELSEWHERE, "meta")) {
            return Replies.json(writer.updateEntity(exchange.caller(), exchange.argument(0), body.meta("meta"))
                    .json());
        }
    }

    private Response destroy(Exchange exchange) {
        writer.destroyEntity(exchange.caller(), exchange.argument(0));
        return Replies.done();
    }

    private Response changeSecret(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("secret", "current")) {
            writer.changeSecret(
                    exchange.caller(), exchange.argument(0), body.secret("secret"), body.optionalSecret("current"));
            return Replies.done();
        }
    }

    private Response lock(Exchange exchange) {
        return Replies.json(
                writer.lockEntity(exchange.caller(), exchange.argument(0)).json());
    }

    private Response unlock(Exchange exchange) {
        return Replies.json(
                writer.unlockEntity(exchange.caller(), exchange.argument(0)).json());
    }

    private Response groups(Exchange exchange) {
        return Replies.json(Map.of("groups", directory.groupsOf(exchange.argument(0))));
    }
}
