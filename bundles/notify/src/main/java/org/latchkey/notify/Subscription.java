package org.latchkey.notify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

/**
 * That notices are kept for a notifier.
 *
 * @param notifier its name
 * @param seen when it was there last; long ago if what is stored is damaged
 * @param interest what it wanted then; everything if what is stored is damaged
 * @param version of the item; 0 before it is stored
 */
record Subscription(String notifier, Instant seen, Interest interest, long version) {

    static final String KIND = "notifier";

    private static final JsonMapper JSON = new JsonMapper();

    static Subscription read(Item item) {
        return new Subscription(Mailbox.notifier(item.key()), seen(item.body()), interest(item.body()), item.version());
    }

    private static Interest interest(String body) {
        List<String> topics = new ArrayList<>();
        Letter.read(body).path("topics").forEach(topic -> topics.add(topic.asText()));
        return Interest.of(topics);
    }

    private static Instant seen(String body) {
        try {
            return Instant.parse(Letter.read(body).path("seen").asText());
        } catch (DateTimeException damaged) {
            return Instant.EPOCH;
        }
    }

    /** As it is now. */
    Write.Put put(Instant now, Interest wants) {
        ObjectNode body = JSON.createObjectNode().put("seen", now.toString());
        wants.patterns().forEach(body.withArray("topics")::add);
        return new Write.Put(new Item(KIND, Mailbox.owner(notifier), version, body.toString(), List.of()));
    }

    Write.Delete delete() {
        return new Write.Delete(KIND, Mailbox.owner(notifier), version);
    }

    boolean isOlderThan(Duration age, Instant now) {
        return seen.plus(age).isBefore(now);
    }
}
