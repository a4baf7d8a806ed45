package org.latchkey.notify.webhook;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Content;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;

/**
 * Who is told. Any status but 2xx, a redirect too, is an IOException, so that the outbox tries again, or a Refusal if this
 * event will never be taken; while the receiver
 * wants to be left alone (429 or 503 with Retry-After) it is not called.
 */
final class Receiver {

    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    /** It is the event, and not the receiver or the moment. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 413, 422);

    private final Outbound.Lane lane;
    private final Address address;
    private final NamedBy namedBy;
    private final Signature signature;
    private final Duration limit;
    private final Clock clock;
    private volatile Instant silentUntil = Instant.MIN;
    private volatile boolean verified;
    private volatile Optional<String> fault = Optional.empty();

    Receiver(Outbound.Lane lane, Address address, NamedBy namedBy, Signature signature, Duration limit, Clock clock) {
        this.lane = lane;
        this.address = address;
        this.namedBy = namedBy;
        this.signature = signature;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Sends it, signed now.
     *
     * @param id the same on every delivery; what a header cannot have is percent-encoded
     * @throws IOException if it was not taken now; says why, without the URL
     * @throws Refusal (INVALID) if this event will never be taken (400, 413, 422)
     */
    void tell(String id, String event) throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(silentUntil)) {
            throw new IOException(address + " wants to be left alone until " + silentUntil);
        }
        Result result = lane.call(call(URLEncoder.encode(id, StandardCharsets.UTF_8), event, now));
        Optional<String> refusal = refusal(result, now);
        fault = refusal;
        if (refusal.isPresent() && isForGood(result)) {
            throw Refusal.invalid("", refusal.get());
        }
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
    }

    private Call call(String id, String event, Instant now) {
        return Call.post(address.secret(), namedBy, new Content(Event.MEDIA_TYPE, event))
                .withHeader("webhook-id", id)
                .withHeader("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .withHeader("webhook-signature", signature.of(id, now.getEpochSecond(), event))
                .within(limit);
    }

    private Optional<String> refusal(Result result, Instant now) {
        if (result instanceof Failure failure) {
            String reason = address + " was not reached: " + failure.reason();
            return Optional.of(verified ? reason : "unverified: " + reason);
        }
        verified = true;
        Answer answer = (Answer) result;
        answer.retryAfter().ifPresent(wait -> silentUntil = now.plus(shorter(wait)));
        return answer.status() / 100 == 2 ? Optional.empty() : Optional.of(address + " answered " + answer.status());
    }

    private static boolean isForGood(Result result) {
        return result instanceof Answer answer && FOR_GOOD.contains(answer.status());
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : wait;
    }

    /** What was wrong with the last event, if it was not taken; "unverified" while it has never answered. */
    Optional<String> fault() {
        return fault;
    }
}
