package org.latchkey.tickets.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

/**
 * A ticket as the store has it: under the hash of its id, found by the hash of its parent's and by when it expires.
 *
 * @param key hash of its id
 * @param version of the item; 0 for one that is not stored yet
 * @param parentKey hash of its parent's id, empty without one
 * @param sealed the parent's id, see {@link SealedId}; empty without one
 * @param ticket without the id, and without the parent's
 */
record StoredTicket(String key, long version, String parentKey, String sealed, Ticket ticket) {

    static final String KIND = "casticket";
    static final String PARENT = "parent";
    static final String EXPIRES = "expires";

    private static final ObjectMapper JSON = new ObjectMapper();

    static StoredTicket of(Ticket ticket) {
        boolean granted = !ticket.parent().isEmpty();
        return new StoredTicket(
                SealedId.hash(ticket.id()),
                0,
                granted ? SealedId.hash(ticket.parent()) : "",
                granted ? SealedId.seal(ticket.parent(), ticket.id()) : "",
                named(ticket, "", ""));
    }

    /**
     * Reads an item.
     *
     * @throws IllegalStateException if it is none of ours
     */
    static StoredTicket of(Item item) {
        try {
            JsonNode body = JSON.readTree(item.body());
            Map<String, String> content = new HashMap<>();
            body.path("content")
                    .properties()
                    .forEach(each -> content.put(each.getKey(), each.getValue().asText()));
            return new StoredTicket(
                    item.key(),
                    item.version(),
                    body.path("parent").asText(),
                    body.path("sealed").asText(),
                    new Ticket(
                            "",
                            Ticket.Kind.valueOf(body.path("kind").asText()),
                            "",
                            Instant.parse(body.path("created").asText()),
                            Instant.parse(body.path("expires").asText()),
                            body.path("valid").asBoolean(false),
                            content));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException foreign) {
            throw new IllegalStateException("The stored ticket " + item.key() + " cannot be read", foreign);
        }
    }

    /** The same with another ticket in it. */
    StoredTicket with(Ticket changed) {
        return new StoredTicket(key, version, parentKey, sealed, changed);
    }

    /** The whole ticket, for who knows its id. */
    Ticket opened(String id) {
        return named(ticket, id, sealed.isEmpty() ? "" : SealedId.open(sealed, id));
    }

    private static Ticket named(Ticket ticket, String id, String parent) {
        return new Ticket(
                id, ticket.kind(), parent, ticket.created(), ticket.expires(), ticket.valid(), ticket.content());
    }

    Write put() {
        List<Item.Index> indexes = new ArrayList<>();
        indexes.add(new Item.Index(EXPIRES, moment(ticket.expires()), false));
        if (!parentKey.isEmpty()) {
            indexes.add(new Item.Index(PARENT, parentKey, false));
        }
        return new Write.Put(new Item(KIND, key, version, body(), indexes));
    }

    Write delete() {
        return new Write.Delete(KIND, key, version);
    }

    private String body() {
        ObjectNode body = JSON.createObjectNode()
                .put("kind", ticket.kind().name())
                .put("parent", parentKey)
                .put("sealed", sealed)
                .put("created", ticket.created().toString())
                .put("expires", ticket.expires().toString())
                .put("valid", ticket.valid());
        ObjectNode content = body.putObject("content");
        ticket.content().forEach(content::put);
        return body.toString();
    }

    /** A moment, written so that the order of texts is the order of time. */
    static String moment(Instant at) {
        return String.format("%019d", Math.max(0, at.toEpochMilli()));
    }
}
