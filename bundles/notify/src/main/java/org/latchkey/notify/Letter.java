package org.latchkey.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.extension.Notice;

/**
 * The form in which notices are stored. It always fits into an item, whatever the facts are, since the change that a notice
 * tells of is refused with it: what is too long is cut, and one sees that; what is no character becomes U+FFFD. A character
 * takes six bytes at most, so a body stays below 700 KiB.
 */
final class Letter {

    private static final int MOST_OF_A_FACT = 16_384;
    private static final int MOST_OF_ALL_FACTS = 65_536;
    private static final int MOST_FACTS = 200;
    private static final int MOST_OF_A_NAME = 200;
    private static final String CUT = "... (cut)";

    private static final JsonMapper JSON = new JsonMapper();

    private Letter() {}

    static String body(Notice notice) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", fit(notice.id(), MOST_OF_A_NAME))
                .put("type", fit(notice.type(), MOST_OF_A_NAME))
                .put("at", notice.at().toString())
                .put("actor", fit(notice.actor(), MOST_OF_A_NAME));
        ObjectNode content = json.putObject("content");
        int room = MOST_OF_ALL_FACTS;
        for (Map.Entry<String, String> fact : new TreeMap<>(notice.content()).entrySet()) {
            if (content.size() == MOST_FACTS) {
                content.put("more", CUT);
                break;
            }
            String value = fit(fact.getValue(), Math.min(MOST_OF_A_FACT, room));
            content.put(fit(fact.getKey(), MOST_OF_A_NAME), value);
            room = Math.max(0, room - value.length());
        }
        return write(json);
    }

    /** Of that length, and the sign that it was cut. */
    private static String fit(String text, int most) {
        return text.length() <= most ? wellFormed(text) : wellFormed(text.substring(0, most)) + CUT;
    }

    private static String wellFormed(String text) {
        if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
            return text;
        }
        StringBuilder formed = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
                .forEach(formed::appendCodePoint);
        return formed.toString();
    }

    /** @throws IllegalArgumentException if the body is damaged */
    static Notice notice(String body) {
        return notice(read(body));
    }

    /** The notice of a dead letter, unless it is damaged. */
    static Optional<Notice> ofDead(String body) {
        try {
            return Optional.of(notice(read(body).path("notice")));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** Nothing but an empty node if it is damaged. */
    static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException damaged) {
            return JSON.missingNode();
        }
    }

    private static Notice notice(JsonNode json) {
        try {
            Map<String, String> content = new LinkedHashMap<>();
            json.required("content")
                    .properties()
                    .forEach(each -> content.put(each.getKey(), each.getValue().asText()));
            return new Notice(
                    json.required("id").asText(),
                    json.required("type").asText(),
                    Instant.parse(json.required("at").asText()),
                    json.required("actor").asText(),
                    content);
        } catch (DateTimeException damaged) {
            throw new IllegalArgumentException("The stored notice is damaged", damaged);
        }
    }

    /**
     * A notice that is given up, with all that is needed to read it, and to enclose it anew.
     *
     * @param notice its body as it was stored
     * @param reason why the last attempt failed
     */
    static String dead(String notice, String notifier, int attempts, String reason, Instant at) {
        ObjectNode json = JSON.createObjectNode()
                .put("notifier", notifier)
                .put("attempts", attempts)
                .put("reason", reason)
                .put("at", at.toString());
        try {
            json.set("notice", JSON.readTree(notice));
        } catch (JsonProcessingException damaged) {
            json.put("notice", notice);
        }
        return write(json);
    }

    private static String write(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
