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
import org.latchkey.api.extension.Notice;

/** The form in which notices are stored. */
final class Letter {

    private static final JsonMapper JSON = new JsonMapper();

    private Letter() {}

    static String body(Notice notice) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", notice.id())
                .put("type", notice.type())
                .put("at", notice.at().toString())
                .put("actor", notice.actor());
        notice.content().forEach(json.putObject("content")::put);
        return write(json);
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
