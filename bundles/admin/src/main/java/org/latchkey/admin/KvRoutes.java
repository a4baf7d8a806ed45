package org.latchkey.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Kv;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/** Untyped metadata of entities and groups. */
final class KvRoutes {

    private final Directory directory;
    private final DirectoryWriter writer;

    KvRoutes(Directory directory, DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    List<Route> routes() {
        Access self = Access.SELF_OR_ANY_CAPABILITY;
        Access any = Access.ANY_CAPABILITY;
        return List.of(
                Route.of("GET", "/entities/{id}/kv", self, x -> all(ofEntity(x))),
                Route.of("GET", "/entities/{id}/kv/{key}", self, x -> one(ofEntity(x), x.argument(1))),
                Route.json("PUT", "/entities/{id}/kv/{key}", Access.TOKEN, this::putEntity),
                Route.of("DELETE", "/entities/{id}/kv/{key}", Access.TOKEN, this::deleteEntity),
                Route.of("GET", "/groups/{name}/kv", any, x -> all(ofGroup(x))),
                Route.of("GET", "/groups/{name}/kv/{key}", any, x -> one(ofGroup(x), x.argument(1))),
                Route.json("PUT", "/groups/{name}/kv/{key}", Access.TOKEN, this::putGroup),
                Route.of("DELETE", "/groups/{name}/kv/{key}", Access.TOKEN, this::deleteGroup));
    }

    private Map<String, List<String>> ofEntity(Exchange exchange) {
        String id = exchange.argument(0);
        return directory
                .entity(id)
                .orElseThrow(() -> Refusal.notFound("entity", id))
                .kv();
    }

    private Map<String, List<String>> ofGroup(Exchange exchange) {
        String name = exchange.argument(0);
        return directory
                .group(name)
                .orElseThrow(() -> Refusal.notFound("group", name))
                .kv();
    }

    private static Response all(Map<String, List<String>> kv) {
        return Replies.json(Map.of("kv", kv));
    }

    private static Response one(Map<String, List<String>> kv, String key) {
        if (!kv.containsKey(key)) {
            throw Refusal.notFound("key", key);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put("values", kv.get(key));
        return Replies.json(json);
    }

    private Response putEntity(Exchange exchange) throws IOException {
        writer.changeEntityKv(exchange.caller(), exchange.argument(0), Kv.put(exchange.argument(1), values(exchange)));
        return Replies.done();
    }

    private Response deleteEntity(Exchange exchange) {
        writer.changeEntityKv(exchange.caller(), exchange.argument(0), Kv.clearExact(exchange.argument(1)));
        return Replies.done();
    }

    private Response putGroup(Exchange exchange) throws IOException {
        writer.changeGroupKv(exchange.caller(), exchange.argument(0), Kv.put(exchange.argument(1), values(exchange)));
        return Replies.done();
    }

    private Response deleteGroup(Exchange exchange) {
        writer.changeGroupKv(exchange.caller(), exchange.argument(0), Kv.clearExact(exchange.argument(1)));
        return Replies.done();
    }

    /** Either {@code values} or the short form {@code value}; to take a key away is DELETE. */
    private static List<String> values(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("values", "value")) {
            if (body.has("value") == body.has("values")) {
                throw Refusal.invalid("", "One of value and values is required.");
            }
            List<String> values = body.has("value") ? List.of(body.text("value")) : body.texts("values");
            if (values.isEmpty()) {
                throw Refusal.invalid("/values", "At least one value is required.");
            }
            return values;
        }
    }
}
