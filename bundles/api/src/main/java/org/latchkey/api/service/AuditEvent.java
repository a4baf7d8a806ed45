package org.latchkey.api.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.Caller;

/**
 * Something that happened and shall be found again in the audit log. Never carries a secret, a hash or a token.
 *
 * @param at when
 * @param type what, such as {@code plugin.deployed}; of a {@link Receipt} its operation
 * @param requestId of the request that caused it, or empty
 * @param actor who caused it: an entity, {@code shell}, {@code anonymous}, or {@code server} for the server itself
 * @param subject what it happened to
 * @param address where the actor came from, or empty
 * @param details texts, whole numbers, booleans, and lists and maps of them, by name in snake_case
 */
public record AuditEvent(
        Instant at,
        String type,
        String requestId,
        String actor,
        String subject,
        String address,
        Map<String, Object> details) {

    /** Longer names and addresses are cut: whoever signs in may claim any name. */
    private static final int LONGEST = 128;

    public AuditEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
        actor = cut(actor);
        subject = cut(subject);
        address = cut(address);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Something that no request caused. */
    public static AuditEvent of(String type, String actor, String subject, Map<String, ?> details) {
        return new AuditEvent(Instant.now(), type, "", actor, subject, "", new LinkedHashMap<>(details));
    }

    /** Something that a caller did. */
    public static AuditEvent of(String type, Caller caller, String subject, Map<String, ?> details) {
        return new AuditEvent(
                Instant.now(),
                type,
                caller.requestId(),
                caller.id(),
                subject,
                caller.address(),
                new LinkedHashMap<>(details));
    }

    /** Its JSON form, the same in the log, REST and shell. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", at.toString());
        json.put("type", type);
        json.put("request_id", requestId);
        json.put("actor", actor);
        json.put("subject", subject);
        json.put("address", address);
        json.put("details", details);
        return json;
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST));
    }
}
