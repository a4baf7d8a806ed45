package org.latchkey.oauth.logout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.client.RegisteredClient;

/**
 * A request to sign somebody out, with as much of it as can be believed (RP-Initiated Logout 1.0, 2).
 *
 * @param client who asks, if that is known
 * @param hint the claims of the client's id token
 * @param returnTo where to send the browser in the end: only ever what the client is registered with
 * @param state for the client
 * @param logoutHint whom the client means
 * @param locales the languages asked for, empty if none are
 */
record SignOutRequest(
        Optional<RegisteredClient> client,
        Optional<Map<String, Object>> hint,
        Optional<String> returnTo,
        Optional<String> state,
        Optional<String> logoutHint,
        String locales) {

    /** The parameters that are looked at. */
    static final Set<String> PARAMETERS =
            Set.of("id_token_hint", "logout_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales");

    /** One of which nothing can be believed. */
    static SignOutRequest anonymous(String locales) {
        return new SignOutRequest(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), locales);
    }

    /** The address to go to, with the state. */
    Optional<String> target() {
        return returnTo.map(uri -> uri
                + state.map(value -> (uri.contains("?") ? "&" : "?") + "state="
                                + URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .orElse(""));
    }

    /** What is needed of it when the page that asks comes back. The hint is not: by then somebody has said yes. */
    Map<String, String> kept() {
        Map<String, String> kept = new LinkedHashMap<>();
        client.ifPresent(known -> kept.put("client_id", known.id()));
        returnTo.ifPresent(uri -> kept.put("post_logout_redirect_uri", uri));
        state.ifPresent(value -> kept.put("state", value));
        kept.put("ui_locales", locales);
        kept.values().removeIf(String::isEmpty);
        return kept;
    }

    /** The length of what came, in characters. */
    static int size(Parameters parameters) {
        return parameters.asMap().values().stream()
                .mapToInt(values -> values.get(0).length())
                .sum();
    }
}
