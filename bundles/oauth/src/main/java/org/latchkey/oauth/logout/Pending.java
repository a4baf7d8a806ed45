package org.latchkey.oauth.logout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.key.Seal;

/**
 * A request to sign out that somebody is asked about: sealed, so that what comes of it is what it said.
 *
 * @param parameters of the request, as far as they are believed
 * @param session the session that was shown the page
 * @param begun when
 */
record Pending(Parameters parameters, String session, Instant begun) {

    /** The form field that carries it. */
    static final String FIELD = "interaction";

    private static final Duration LIFE = Duration.ofMinutes(30);

    static Pending of(SignOutRequest request, Session session, Instant now) {
        return new Pending(Parameters.ofValues(request.kept()), session.id(), now);
    }

    boolean isOf(Session shown) {
        return session.equals(shown.id());
    }

    String sealed(Seal seal) {
        Map<String, Object> json = new LinkedHashMap<>();
        parameters.asMap().forEach((name, values) -> json.put("p." + name, values.get(0)));
        json.put("session", session);
        json.put("begun", begun.toEpochMilli());
        return seal.seal(Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    /** The one of a form, unless it is another's, or too old. */
    static Pending open(Seal seal, Optional<String> sealed, Instant now) throws Refused {
        Map<String, Object> json = sealed.flatMap(seal::open)
                .flatMap(bytes -> Json.object(new String(bytes, StandardCharsets.UTF_8)))
                .orElseThrow(() -> Refused.of("invalid_request", "This form is not one of this server."));
        Instant begun =
                json.get("begun") instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : Instant.EPOCH;
        if (begun.plus(LIFE).isBefore(now)) {
            throw Refused.of("invalid_request", "This took too long. Go back to the application and begin again.");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        SignOutRequest.PARAMETERS.forEach(name ->
                Optional.ofNullable(json.get("p." + name)).ifPresent(value -> parameters.put(name, value.toString())));
        return new Pending(Parameters.ofValues(parameters), String.valueOf(json.get("session")), begun);
    }
}
