package org.latchkey.admin;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/**
 * The public keys of entities. To remove one it is named in the query, percent-encoded: many clients cannot send a body
 * with DELETE, and what it means there is defined nowhere (RFC 9110, 9.3.5).
 */
final class KeyRoutes {

    private final Directory directory;
    private final DirectoryWriter writer;

    KeyRoutes(Directory directory, DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/entities/{id}/keys", Access.SELF_OR_ANY_CAPABILITY, this::list),
                Route.json("POST", "/entities/{id}/keys", Access.TOKEN, this::add),
                Route.of("DELETE", "/entities/{id}/keys", Access.TOKEN, this::remove));
    }

    /** All of them by type, or those of one type. */
    private Response list(Exchange exchange) {
        String id = exchange.argument(0);
        Map<String, List<String>> keys = new LinkedHashMap<>(directory
                .entity(id)
                .orElseThrow(() -> Refusal.notFound("entity", id))
                .keys());
        Paging.single(exchange.request(), "type")
                .ifPresent(wanted -> keys.keySet().removeIf(type -> !type.equals(wanted)));
        return Replies.json(Map.of("keys", keys));
    }

    private Response add(Exchange exchange) throws IOException {
        try (Fields body = exchange.body("type", "key")) {
            String type = body.text("type");
            String key = body.text("key");
            writer.addKey(exchange.caller(), exchange.argument(0), type, key);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", type);
            json.put("key", key);
            String query = "?type=" + encoded(type) + "&key=" + encoded(key);
            return Replies.created("/entities/" + exchange.argument(0) + "/keys" + query, json);
        }
    }

    private Response remove(Exchange exchange) {
        String type = required(exchange.request(), "type");
        String key = required(exchange.request(), "key");
        writer.removeKey(exchange.caller(), exchange.argument(0), type, key);
        return Replies.done();
    }

    private static String required(Request request, String parameter) {
        return Paging.single(request, parameter)
                .orElseThrow(
                        () -> Refusal.of(Refusal.Kind.INVALID, "invalid", "The parameters type and key are required."));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
