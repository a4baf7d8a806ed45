package org.latchkey.notify.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps out of the channel what is named like a secret. Notices have none, but people give arguments to procs that they
 * should have stored as secrets. In doubt, it is hidden.
 */
final class Discretion {

    static final String HIDDEN = "(hidden)";

    private static final Pattern SECRET = Pattern.compile(
            "pass|pwd|secret|token|credential|key|auth|bearer|private|session|cookie", Pattern.CASE_INSENSITIVE);

    private static final Pattern SECRET_FACT =
            Pattern.compile("password|passphrase|secret|token|credential", Pattern.CASE_INSENSITIVE);

    private static final Pattern SECRET_IN_TEXT =
            Pattern.compile("pass|pwd|secret|token|credential|key|bearer|private", Pattern.CASE_INSENSITIVE);

    /**
     * A name and the sign after it, as in {@code password=x} and {@code "token": "x"}; without a sign between, as in
     * {@code --token x}, it is not seen. A name begins where no other may, and nothing is given back: what people write
     * is read once, however long it is.
     */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.-])([\\w.-]++)[\"']?+\\s*+[=:]\\s*+");

    /** What comes after; where an object or list ends nobody knows in what is no JSON, so all the rest is hidden. */
    private static final Pattern VALUE =
            Pattern.compile("\"[^\"]*+\"?+|'[^']*+'?+|[\\[{].*+|[^\\s,;&\"']++", Pattern.DOTALL);

    /** As long as a fact is stored at most; of what is longer the rest is not shown. */
    private static final int MOST_CHARACTERS = 16_384;

    private static final String CUT = "... (cut)";

    private static final JsonMapper JSON = new JsonMapper();

    private Discretion() {}

    /** A fact's value: what is in it by such a name, or all of it if the fact itself has such a name. */
    static String value(String fact, String value) {
        boolean hidden = SECRET_FACT.matcher(fact).find() && !value.isEmpty();
        return hidden ? HIDDEN : masked(value);
    }

    /** A text: JSON by its members, else what looks like {@code name=value}. */
    static String masked(String whole) {
        String text = whole.length() <= MOST_CHARACTERS ? whole : whole.substring(0, MOST_CHARACTERS) + CUT;
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
        Matcher name = NAME.matcher(text);
        Matcher value = VALUE.matcher(text);
        StringBuilder shown = new StringBuilder();
        int done = 0;
        while (name.find()) {
            if (name.end() <= done || !SECRET_IN_TEXT.matcher(name.group(1)).find()) {
                continue;
            }
            value.region(name.end(), text.length());
            if (value.lookingAt()) {
                shown.append(text, done, name.end()).append(HIDDEN);
                done = value.end();
            }
        }
        return shown.append(text, done, text.length()).toString();
    }

    private static JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean secret = SECRET.matcher(name).find();
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
