package org.latchkey.notify.webhook;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;

/**
 * A notice as a CloudEvent 1.0 in structured JSON. Its type begins with {@value #PREFIX}, as the specification wants a
 * reversed DNS name before it; what follows is the notice's own type.
 */
final class Event {

    static final String MEDIA_TYPE = "application/cloudevents+json";
    static final String PREFIX = "org.latchkey.";

    private static final JsonMapper JSON = new JsonMapper();

    private Event() {}

    /**
     * The JSON.
     *
     * @param source a URI of this server
     * @param topic what is known of the notice's type, if anything is; else what comes before the dot is its subject
     */
    static String of(Notice notice, String source, Optional<Topic> topic) {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", notice.id());
        event.put("source", source);
        event.put("type", PREFIX + notice.type());
        subject(notice, topic).ifPresent(subject -> event.put("subject", subject));
        event.put("time", notice.at().toString());
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.put("actor", notice.actor());
        ObjectNode content = data.putObject("content");
        new TreeMap<>(notice.content()).forEach(content::put);
        return event.toString();
    }

    /** An attribute must have a character, and no control characters (CloudEvents 1.0.2, "Type System"). */
    private static Optional<String> subject(Notice notice, Optional<Topic> topic) {
        String fact = topic.map(Topic::subject).orElseGet(() -> notice.type().split("\\.", 2)[0]);
        return Optional.ofNullable(notice.content().get(fact))
                .filter(subject -> !subject.isEmpty() && subject.chars().noneMatch(Character::isISOControl));
    }
}
