package org.latchkey.example.mirror;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;

/** What the service is told, in JSON. To mirror more, or under other names, change it here. */
final class Body {

    private static final JsonMapper JSON = new JsonMapper();

    private Body() {}

    static String of(Entity entity) {
        Map<String, Object> user = new LinkedHashMap<>(Map.of("id", entity.id(), "number", entity.number()));
        entity.meta().forEach((field, value) -> user.put(field.key(), value));
        return json(user);
    }

    static String of(Group group) {
        return json(Map.of("name", group.name(), "number", group.number(), "display_name", group.displayName()));
    }

    static String of(String list, Collection<String> names) {
        return json(Map.of(list, names));
    }

    private static String json(Map<String, Object> body) {
        return JSON.valueToTree(body).toString();
    }
}
