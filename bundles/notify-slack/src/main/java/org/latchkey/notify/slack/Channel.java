package org.latchkey.notify.slack;

import java.io.IOException;
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
 * Where messages go. What is not taken is an IOException, so that the outbox tries again, or a Refusal if it never will be; while Slack wants to be left
 * alone (429 or 503 with Retry-After) nothing is sent.
 */
final class Channel {

    private static final int MOST_BYTES = 65_536;
    private static final int MOST_QUOTED = 100;
    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    /** It is the message, and not the channel or the moment. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 413, 422);

    private final Outbound.Lane lane;
    private final HookUrl url;
    private final Duration limit;
    private final Clock clock;
    private volatile Instant silentUntil = Instant.MIN;
    private volatile Optional<String> fault = Optional.empty();

    Channel(Outbound.Lane lane, HookUrl url, Duration limit, Clock clock) {
        this.lane = lane;
        this.url = url;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Sends it.
     *
     * @throws IOException if it was not taken now; says why, without the URL
     * @throws Refusal (INVALID) if this message will never be taken (400, 413, 422); says why, without the URL
     */
    void post(String message) throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(silentUntil)) {
            throw new IOException(url + " wants to be left alone until " + silentUntil);
        }
        Call call = Call.post(url.secret(), NamedBy.OPERATOR, Content.json(message))
                .reading(MOST_BYTES)
                .within(limit);
        Result result = lane.call(call);
        Optional<String> refusal = refusal(result, now);
        fault = refusal;
        if (refusal.isPresent() && isForGood(result)) {
            throw Refusal.invalid("", refusal.get());
        }
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
    }

    private Optional<String> refusal(Result result, Instant now) {
        if (result instanceof Failure failure) {
            return Optional.of(url + " was not reached: " + url.removedFrom(failure.reason()));
        }
        Answer answer = (Answer) result;
        if (answer.status() / 100 == 2) {
            return Optional.empty();
        }
        answer.retryAfter().ifPresent(wait -> silentUntil = now.plus(shorter(wait)));
        String quoted = quoted(answer.text());
        return Optional.of(url + " answered " + answer.status() + (quoted.isEmpty() ? "" : ": " + quoted));
    }

    private static boolean isForGood(Result result) {
        return result instanceof Answer answer && FOR_GOOD.contains(answer.status());
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : wait;
    }

    /** Slack answers with a word, such as {@code invalid_payload}; whoever stands between us and it, with anything. */
    private String quoted(String body) {
        String line = Discretion.masked(
                url.removedFrom(body.replaceAll("[^ -~]+", " ")).strip());
        return line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "...";
    }

    /** What was wrong with the last message, if it was not taken. */
    Optional<String> fault() {
        return fault;
    }
}
