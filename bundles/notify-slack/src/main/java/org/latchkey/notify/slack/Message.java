package org.latchkey.notify.slack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;

/**
 * What is posted (Slack's "Block Kit" reference, section block): of a notice that is known a section with its facts, sorted,
 * in fields; of any other a plain text. An execution looks as Proctor's plugin shows it.
 */
final class Message {

    static final String EXECUTION = "EXECUTION_EVENT";

    /** Slack's limits; of fields an even number, as a fact takes two. */
    private static final int MOST_TEXT = 3000;

    private static final int MOST_FIELD = 2000;
    private static final int FACTS_A_SECTION = 5;
    private static final int MOST_BLOCKS = 50;
    private static final int MOST_FALLBACK = 4000;

    private static final JsonMapper JSON = new JsonMapper();

    private Message() {}

    /**
     * The JSON of a notice.
     *
     * @param topic what is known of its type, if anything is
     */
    static String of(Notice notice, Optional<Topic> topic) {
        Map<String, String> facts = new TreeMap<>();
        notice.content().forEach((name, value) -> facts.put(name, Discretion.value(name, value)));
        return heading(notice, topic)
                .map(heading -> sections(heading, facts))
                .orElseGet(() -> text(notice, facts))
                .toString();
    }

    private static Optional<String> heading(Notice notice, Optional<Topic> topic) {
        if (notice.type().equals(EXECUTION)) {
            return Optional.of(notice.actor() + " execute job with details:");
        }
        if (topic.isPresent()) {
            return Optional.of(topic.get().when() + " (" + notice.type() + ", by " + notice.actor() + ")");
        }
        return notice.type().startsWith("execution.")
                ? Optional.of(notice.type().replace('.', ' ') + ", by " + notice.actor() + ", with details:")
                : Optional.empty();
    }

    private static ObjectNode sections(String heading, Map<String, String> facts) {
        ObjectNode message = JSON.createObjectNode();
        ArrayNode blocks = message.putArray("blocks");
        ObjectNode first = section(blocks);
        first.set("text", text("plain_text", Escaped.text(heading, MOST_TEXT)));
        List<Map.Entry<String, String>> all = new ArrayList<>(facts.entrySet());
        for (int from = 0; from < all.size(); from += FACTS_A_SECTION) {
            if (blocks.size() == MOST_BLOCKS - 1) {
                section(blocks).set("text", text("plain_text", "... and " + (all.size() - from) + " more details"));
                break;
            }
            ArrayNode fields = (from == 0 ? first : section(blocks)).putArray("fields");
            all.subList(from, Math.min(all.size(), from + FACTS_A_SECTION)).forEach(fact -> add(fields, fact));
        }
        return message;
    }

    private static ObjectNode section(ArrayNode blocks) {
        return blocks.addObject().put("type", "section");
    }

    /** A field must have a text, so nothing is shown as a dash. */
    private static void add(ArrayNode fields, Map.Entry<String, String> fact) {
        String value = fact.getValue().isBlank() ? "-" : fact.getValue();
        fields.add(text("mrkdwn", "*" + Escaped.text(fact.getKey(), MOST_FIELD - 2) + "*"));
        fields.add(text("plain_text", Escaped.text(value, MOST_FIELD)));
    }

    private static ObjectNode text(String type, String text) {
        return JSON.createObjectNode().put("type", type).put("text", text);
    }

    private static ObjectNode text(Notice notice, Map<String, String> facts) {
        String details = JSON.valueToTree(facts).toString();
        String text = "User: " + notice.actor() + "\nEmit event<" + notice.type() + "> with detail: " + details;
        return JSON.createObjectNode().put("text", Escaped.text(text, MOST_FALLBACK));
    }
}
