package org.latchkey.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

/**
 * That notices are kept for a notifier.
 *
 * @param notifier its name
 * @param seen when it was there last; long ago if what is stored is damaged
 * @param version of the item; 0 before it is stored
 */
record Subscription(String notifier, Instant seen, long version) {

    static final String KIND = "notifier";

    private static final JsonMapper JSON = new JsonMapper();

    static Subscription read(Item item) {
        return new Subscription(Mailbox.notifier(item.key()), seen(item.body()), item.version());
    }

    private static Instant seen(String body) {
        try {
            return Instant.parse(JSON.readTree(body).path("seen").asText());
        } catch (JsonProcessingException | DateTimeException damaged) {
            return Instant.EPOCH;
        }
    }

    Write.Put put(Instant now) {
        String body = JSON.createObjectNode().put("seen", now.toString()).toString();
        return new Write.Put(new Item(KIND, Mailbox.owner(notifier), version, body, List.of()));
    }

    Write.Delete delete() {
        return new Write.Delete(KIND, Mailbox.owner(notifier), version);
    }

    boolean isOlderThan(Duration age, Instant now) {
        return seen.plus(age).isBefore(now);
    }
}
