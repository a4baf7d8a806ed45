package org.latchkey.scheme.totp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody has set up.
 *
 * @param secret sealed; empty if there is none
 * @param last the step whose password was used last
 * @param failures since the last right answer
 * @param lockedUntil when answers are looked at again
 * @param recovery hashes of the recovery codes that are left
 * @param pending a secret that was shown and is not confirmed, sealed; empty if there is none
 * @param pendingSession the session that it was shown in
 * @param pendingUntil how long it can be confirmed
 */
record Account(
        String secret,
        long last,
        int failures,
        Instant lockedUntil,
        List<String> recovery,
        String pending,
        String pendingSession,
        Instant pendingUntil) {

    static final Account NONE = new Account("", -1, 0, Instant.EPOCH, List.of(), "", "", Instant.EPOCH);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FREE_FAILURES = 5;
    private static final Duration FIRST_LOCK = Duration.ofSeconds(30);
    private static final Duration LONGEST_LOCK = Duration.ofHours(1);

    Account {
        recovery = List.copyOf(recovery);
    }

    boolean isRegistered() {
        return !secret.isEmpty();
    }

    boolean isLocked(Instant now) {
        return now.isBefore(lockedUntil);
    }

    /** The same after a wrong answer: after the fifth in a row each locks twice as long as the one before. */
    Account failed(Instant now) {
        int count = failures + 1;
        Duration lock = count < FREE_FAILURES
                ? Duration.ZERO
                : FIRST_LOCK.multipliedBy(1L << Math.min(count - FREE_FAILURES, 10));
        Instant until = now.plus(lock.compareTo(LONGEST_LOCK) > 0 ? LONGEST_LOCK : lock);
        return new Account(secret, last, count, until, recovery, pending, pendingSession, pendingUntil);
    }

    /** The same after the password of a step. */
    Account used(long step) {
        return new Account(secret, step, 0, Instant.EPOCH, recovery, pending, pendingSession, pendingUntil);
    }

    /** The same without a recovery code, which was used. */
    Account without(String hash) {
        List<String> left = new ArrayList<>(recovery);
        left.remove(hash);
        return new Account(secret, last, 0, Instant.EPOCH, left, pending, pendingSession, pendingUntil);
    }

    Account withRecovery(List<String> hashes) {
        return new Account(secret, last, failures, lockedUntil, hashes, pending, pendingSession, pendingUntil);
    }

    Account withPending(String sealed, String session, Instant until) {
        return new Account(secret, last, failures, lockedUntil, recovery, sealed, session, until);
    }

    boolean isPending(String session, Instant now) {
        return !pending.isEmpty() && pendingSession.equals(session) && now.isBefore(pendingUntil);
    }

    /** The pending secret is the one from now on, and the password of that step has been used. */
    Account confirmed(long step, List<String> hashes) {
        return new Account(pending, step, 0, Instant.EPOCH, hashes, "", "", Instant.EPOCH);
    }

    String text() {
        ObjectNode json = JSON.createObjectNode()
                .put("secret", secret)
                .put("last", last)
                .put("failures", failures)
                .put("locked_until", lockedUntil.toEpochMilli())
                .put("pending", pending)
                .put("pending_session", pendingSession)
                .put("pending_until", pendingUntil.toEpochMilli());
        recovery.forEach(json.putArray("recovery")::add);
        return json.toString();
    }

    /** @throws IllegalStateException if it cannot be read; it then is nobody's to change */
    static Account of(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<String> recovery = new ArrayList<>();
            json.path("recovery").forEach(each -> recovery.add(each.asText()));
            return new Account(
                    json.path("secret").asText(),
                    json.path("last").asLong(),
                    json.path("failures").asInt(),
                    Instant.ofEpochMilli(json.path("locked_until").asLong()),
                    recovery,
                    json.path("pending").asText(),
                    json.path("pending_session").asText(),
                    Instant.ofEpochMilli(json.path("pending_until").asLong()));
        } catch (JsonProcessingException quotesIt) {
            throw new IllegalStateException("What somebody has set up cannot be read");
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Account[registered=" + isRegistered() + "]";
    }
}
