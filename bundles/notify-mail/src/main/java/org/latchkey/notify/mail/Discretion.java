package org.latchkey.notify.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps out of mails what is named like a secret. Notices have none, but people give arguments to procs that they
 * should have stored as secrets. In doubt, it is hidden.
 */
final class Discretion {

    static final String HIDDEN = "(hidden)";

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(pass|pwd|secret|token|credential|key|auth|bearer|private|session|cookie).*");

    /** As in {@code password=x} and {@code "token": "x"}; without a sign between, as in {@code --token x}, it is not seen. */
    private static final Pattern PAIR = Pattern.compile(
            "(?i)([\\w.-]*(?:pass|pwd|secret|token|credential|key|bearer|private)[\\w.-]*[\"']?\\s*[=:]\\s*)"
                    + "(?:\"[^\"]*\"?|'[^']*'?|[^\\s,;&\"']+)");

    private static final JsonMapper JSON = new JsonMapper();

    private Discretion() {}

    /** A fact's value: what is in it by such a name, or all of it if the fact itself has such a name. */
    static String value(String fact, String value) {
        boolean hidden = fact.matches("(?i).*(password|passphrase|secret|token|credential).*") && !value.isEmpty();
        return hidden ? HIDDEN : masked(value);
    }

    /** A text: JSON by its members, else what looks like {@code name=value}. */
    static String masked(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
            try {
                return masked(JSON.readTree(trimmed)).toString();
            } catch (JsonProcessingException noJson) {
                return pairs(text); // then it is a text like others
            }
        }
        return pairs(text);
    }

    private static String pairs(String text) {
        return PAIR.matcher(text).replaceAll("$1" + HIDDEN);
    }

    private static JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean secret = SECRET.matcher(name).matches();
                object.set(name, secret ? TextNode.valueOf(HIDDEN) : masked(object.get(name)));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i)));
            }
            return array;
        }
        return node.isTextual() ? TextNode.valueOf(pairs(node.asText())) : node;
    }
}
