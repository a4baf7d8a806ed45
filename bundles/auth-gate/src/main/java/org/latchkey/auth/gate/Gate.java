package org.latchkey.auth.gate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.NamedBy;

/**
 * The API of Gate, as far as it tells who somebody is. It answers anybody who has a token about anybody, so the token says
 * nothing of whose it is; an update of the profile that changes nothing is allowed to its owner, and to Gate's
 * administrators, alone.
 */
final class Gate {

    private static final int MOST_BYTES = 1 << 18;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final Settings settings;
    private final Outbound.Lane lane;

    Gate(Settings settings, Outbound.Lane lane) {
        this.settings = settings;
        this.lane = lane;
    }

    /** What Gate says of an attempt. */
    sealed interface Finding {

        /** Somebody whom Gate knows. */
        record Known(Profile profile) implements Finding {}

        /** The reason is for the audit log. */
        record Refused(String reason) implements Finding {}
    }

    /** @throws Unavailable if Gate gives no answer that can be relied on, in time */
    Finding find(String email, String token) {
        long end = System.nanoTime() + settings.limit().toNanos();
        if (settings.strict()) {
            Optional<String> own = answer(update(email, token), token, end);
            if (own.isEmpty()) {
                return new Finding.Refused("the token is not valid, or not that of this e-mail address");
            }
            Profile.requireUpdated(own.get());
        }
        return answer(show(email, token), token, end)
                .map(Profile::parse)
                .<Finding>map(profile -> judged(email, profile))
                .orElseGet(
                        () -> new Finding.Refused("the token is not valid, or Gate does not know the e-mail address"));
    }

    private static Finding judged(String email, Profile profile) {
        if (!profile.email().equals(Profile.lower(email))) {
            throw new Unavailable("Gate told of somebody else than was asked for");
        }
        return profile.active() ? new Finding.Known(profile) : new Finding.Refused("not active in Gate");
    }

    /** The body of a good answer; nothing if Gate says that there is nobody of that name or token. */
    private Optional<String> answer(Call call, String token, long end) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        Outbound.Result result = lane.call(call.reading(MOST_BYTES).within(left));
        if (result instanceof Outbound.Failure failure) {
            throw new Unavailable("Gate gives no answer: " + reason(failure, token));
        }
        Outbound.Answer answer = (Outbound.Answer) result;
        return switch (answer.status()) {
            case OK -> Optional.of(answer.text());
            case UNAUTHORIZED, NOT_FOUND -> Optional.empty();
            default -> throw new Unavailable("Gate answered with status " + answer.status());
        };
    }

    /** How others word an error is not known here, so it is looked at for the token. */
    private static String reason(Outbound.Failure failure, String token) {
        return failure.reason().contains(token) ? failure.why().name() : failure.reason();
    }

    private Call show(String email, String token) {
        String url = settings.profile() + "?email=" + encoded(email);
        return switch (settings.token()) {
            case QUERY ->
                Call.get(url + "&access_token=" + encoded(token), NamedBy.OPERATOR)
                        .withHeader("Accept", "application/json");
            case HEADER -> withHeaders(Call.get(url, NamedBy.OPERATOR), token);
        };
    }

    /** With nothing to change. In no way is the token in the URL. */
    private Call update(String email, String token) {
        String form = "email=" + encoded(email);
        return switch (settings.token()) {
            case QUERY -> post(form + "&access_token=" + encoded(token)).withHeader("Accept", "application/json");
            case HEADER -> withHeaders(post(form), token);
        };
    }

    private Call post(String form) {
        return Call.post(settings.profile().toString(), NamedBy.OPERATOR, Outbound.Content.form(form));
    }

    private static Call withHeaders(Call call, String token) {
        return call.withHeader("Accept", "application/json").withHeader("Authorization", "Bearer " + token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
