package org.latchkey.api.cas;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One ticket of the CAS protocol (3.0.3, section 3).
 *
 * @param id what is on the wire: its kind's prefix, then {@code [A-Za-z0-9-]}; a registry keeps it as a hash at most
 *     where it survives the process
 * @param kind what it is good for
 * @param parent the id of the ticket it was granted by; empty for a ticket-granting ticket
 * @param expires when it ends by itself
 * @param valid false once it was used up or ended; outranks {@code expires}
 * @param content what it stands for, by names of the CAS server's own
 */
public record Ticket(
        String id,
        Kind kind,
        String parent,
        Instant created,
        Instant expires,
        boolean valid,
        Map<String, String> content) {

    /** The kinds, each with the prefix of its ids. */
    public enum Kind {
        TICKET_GRANTING("TGT-"),
        SERVICE("ST-"),
        PROXY("PT-"),
        PROXY_GRANTING("PGT-");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }

        /** Whether it grants other tickets, and so is used more than once. */
        public boolean grants() {
            return this == TICKET_GRANTING || this == PROXY_GRANTING;
        }
    }

    public Ticket {
        content = Map.copyOf(content);
    }

    /** Whether it may be used at that moment. */
    public boolean isUsable(Instant now) {
        return valid && now.isBefore(expires);
    }

    /** The same, used up or ended. */
    public Ticket invalid() {
        return new Ticket(id, kind, parent, created, expires, false, content);
    }

    /** One thing it stands for, empty if it says nothing of that. */
    public String get(String name) {
        return content.getOrDefault(name, "");
    }

    /** The same with one thing said anew. */
    public Ticket with(String name, String value) {
        Map<String, String> changed = new HashMap<>(content);
        changed.put(name, value);
        return new Ticket(id, kind, parent, created, expires, valid, changed);
    }

    @Override
    public String toString() {
        return "Ticket[" + kind + "]";
    }
}
