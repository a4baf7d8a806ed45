package org.latchkey.oauth.authorize;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.key.Seal;

/**
 * A request on its way through the pages, between the browser's visits: sealed, so that what is allowed in the end is what
 * was asked for in the beginning.
 *
 * @param parameters of the request
 * @param begun when it came; a sign-in after that is one for this request
 * @param session the session that was shown the page, empty before anybody has signed in
 */
record Interaction(Parameters parameters, Instant begun, String session) {

    /** The form field that carries it. */
    static final String FIELD = "interaction";

    private static final Duration LIFE = Duration.ofMinutes(30);

    /** The same request on a page that is for this session alone. */
    Interaction of(Session shown) {
        return new Interaction(parameters, begun, shown.id());
    }

    boolean isOf(Session shown) {
        return session.equals(shown.id());
    }

    String sealed(Seal seal) {
        String text =
                Json.text(Map.of("parameters", parameters.asMap(), "begun", begun.toEpochMilli(), "session", session));
        return seal.seal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The one of a form, unless it is another's, or too old. */
    static Interaction open(Seal seal, Optional<String> sealed, Instant now) throws Refused {
        Map<String, Object> json = sealed.flatMap(seal::open)
                .flatMap(bytes -> Json.object(new String(bytes, StandardCharsets.UTF_8)))
                .orElseThrow(() -> Refused.of("invalid_request", "This form is not one of this server."));
        Instant begun =
                json.get("begun") instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : Instant.EPOCH;
        if (begun.plus(LIFE).isBefore(now)) {
            throw Refused.of("invalid_request", "This took too long. Go back to the application and begin again.");
        }
        return new Interaction(
                Parameters.of(lists(json.get("parameters"))), begun, String.valueOf(json.get("session")));
    }

    private static Map<String, List<String>> lists(Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(
                                Collectors.toMap(each -> String.valueOf(each.getKey()), each -> texts(each.getValue())))
                : Map.of();
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
