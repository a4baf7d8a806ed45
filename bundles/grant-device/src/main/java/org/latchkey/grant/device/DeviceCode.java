package org.latchkey.grant.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.store.Item;

/**
 * A request of a device, until its tokens are fetched: what it asked for, and what somebody said to it.
 *
 * @param key of the item, made of the hash of the device code
 * @param version of the item; 0 for one that is not stored yet
 * @param client its {@code client_id}
 * @param polled when the device asked last; the epoch if it has not
 * @param interval how long it has to wait between two questions
 * @param session in which it was allowed, empty before
 */
record DeviceCode(
        String key,
        long version,
        String client,
        Set<String> scope,
        UserCode userCode,
        Instant expires,
        Instant polled,
        Duration interval,
        Decision decision,
        String session) {

    /** What somebody said to it. */
    enum Decision {
        OPEN,
        ALLOWED,
        DENIED
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** RFC 8628, 3.5: how much longer it has to wait after each question that came too early. */
    private static final Duration SLOWER = Duration.ofSeconds(5);

    /** What the way through the network may add or take. */
    private static final Duration JITTER = Duration.ofMillis(500);

    DeviceCode {
        scope = Set.copyOf(scope);
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    boolean isTooEarly(Instant now) {
        return now.isBefore(polled.plus(interval).minus(JITTER));
    }

    /** The same, asked at this moment; with a longer interval if that was too early. */
    DeviceCode polledAt(Instant now) {
        Duration next = isTooEarly(now) ? interval.plus(SLOWER) : interval;
        return new DeviceCode(key, version, client, scope, userCode, expires, now, next, decision, session);
    }

    DeviceCode allowed(String inSession) {
        return decided(Decision.ALLOWED, inSession);
    }

    DeviceCode denied() {
        return decided(Decision.DENIED, "");
    }

    private DeviceCode decided(Decision what, String inSession) {
        return new DeviceCode(key, version, client, scope, userCode, expires, polled, interval, what, inSession);
    }

    String body() {
        ObjectNode body = JSON.createObjectNode()
                .put("client", client)
                .put("scope", String.join(" ", new TreeSet<>(scope)))
                .put("user_code", userCode.letters())
                .put("expires", expires.toEpochMilli())
                .put("polled", polled.toEpochMilli())
                .put("interval", interval.toMillis())
                .put("decision", decision.name())
                .put("session", session);
        return body.toString();
    }

    /**
     * Reads an item.
     *
     * @throws IllegalStateException if it is none of ours
     */
    static DeviceCode of(Item item) {
        try {
            JsonNode body = JSON.readTree(item.body());
            String scope = body.path("scope").asText();
            return new DeviceCode(
                    item.key(),
                    item.version(),
                    body.path("client").asText(),
                    scope.isEmpty() ? Set.of() : Set.of(scope.split(" ")),
                    new UserCode(body.path("user_code").asText()),
                    Instant.ofEpochMilli(body.path("expires").asLong()),
                    Instant.ofEpochMilli(body.path("polled").asLong()),
                    Duration.ofMillis(body.path("interval").asLong()),
                    Decision.valueOf(body.path("decision").asText()),
                    body.path("session").asText());
        } catch (JsonProcessingException | IllegalArgumentException foreign) {
            throw new IllegalStateException("The stored device code " + item.key() + " cannot be read", foreign);
        }
    }

    /** Without what is not for logs. */
    @Override
    public String toString() {
        return "DeviceCode[client=" + client + ", decision=" + decision + "]";
    }
}
