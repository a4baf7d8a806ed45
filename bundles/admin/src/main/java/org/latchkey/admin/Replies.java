package org.latchkey.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.latchkey.api.Page;
import org.latchkey.api.http.Response;

/** The answers that handlers give. */
final class Replies {

    private Replies() {}

    static Response json(Map<String, ?> object) {
        return json(200, object);
    }

    static Response json(int status, Map<String, ?> object) {
        return Response.of(status, Route.JSON, JsonWriter.bytes(object));
    }

    static Response created(String location, Map<String, ?> object) {
        return json(201, object).withHeader("Location", "/api/v1" + location);
    }

    static Response done() {
        return Response.empty(204);
    }

    /** A page of a list under its name, with the cursor of the next one if there is one. */
    static <T> Response page(String name, Page<T> page, Function<T, Map<String, Object>> json) {
        List<Map<String, Object>> items = page.items().stream().map(json).toList();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(name, items);
        page.next().ifPresent(cursor -> object.put("next", cursor));
        return json(object);
    }
}
