package org.latchkey.runtime.procs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the server says, read with patience: what is missing is empty. */
final class Json {

    private Json() {}

    static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNull() ? "" : value.asText("");
    }

    /** Of a list; none of what is no list, as after 204. */
    static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    static ArrayNode array(Collection<JsonNode> elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    static void print(JsonNode node, PrintStream out) {
        out.println(node.toPrettyString());
    }
}
