package org.latchkey.auth.gate;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Result;

/** Answers calls as Gate does: any valid token may read any profile, but only its owner, or an administrator, may change one. */
final class FakeGate implements Function<Call, Result> {

    /** Token of each e-mail address, and the rest of its profile as JSON. */
    final Map<String, String> tokens = new HashMap<>();

    final Map<String, String> profiles = new HashMap<>();

    /** Whose token may change every profile. */
    String admin = "";

    /** What it says to everything instead, if anything. */
    Optional<Result> instead = Optional.empty();

    void add(String email, String token, boolean active, String... groups) {
        StringBuilder names = new StringBuilder();
        for (String group : groups) {
            names.append(names.isEmpty() ? "" : ",").append("{\"id\":1,\"name\":\"" + group + "\"}");
        }
        tokens.put(token, email);
        profiles.put(
                email,
                "{\"email\":\"" + email + "\",\"id\":7,\"uid\":\"5007\",\"name\":\"Ada\",\"active\":" + active
                        + ",\"admin\":false,\"home_dir\":null,\"groups\":[" + names + "]}");
    }

    static Answer says(int status, String body) {
        return new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Result apply(Call call) {
        if (instead.isPresent()) {
            return instead.get();
        }
        URI url = URI.create(call.url());
        Map<String, String> parameters =
                parameters(call.content().map(Outbound.Content::text).orElse(url.getRawQuery()));
        String header = call.headers().getOrDefault("Authorization", "");
        String token = parameters.getOrDefault("access_token", header.substring(header.lastIndexOf(' ') + 1));
        String email = parameters.get("email").toLowerCase(Locale.ROOT);
        if (!tokens.containsKey(token)) {
            return says(401, "");
        }
        if (call.content().isPresent()) {
            String owner = tokens.get(token);
            return owner.equals(email) || owner.equals(admin) ? says(200, "{\"success\":true}") : says(401, "");
        }
        return profiles.containsKey(email) ? says(200, profiles.get(email)) : says(404, "");
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : encoded.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
