package org.latchkey.oauth.details;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.RegisteredClient;

/**
 * What exactly a client asks to do (RFC 9396): objects, each of a type that the operator offers. What else an object says means
 * nothing to this server; people are shown it, and whoever serves the token judges it.
 *
 * @param all the objects, in order
 */
public record AuthorizationDetails(List<Map<String, Object>> all) {

    /** The parameter, and the claim of tokens. */
    public static final String NAME = "authorization_details";

    private static final AuthorizationDetails NONE = new AuthorizationDetails(List.of());
    private static final int LONGEST = 16 * 1024;
    private static final int MOST = 20;

    public AuthorizationDetails {
        all = List.copyOf(all);
    }

    /**
     * Reads the parameter.
     *
     * @throws Refused {@code invalid_authorization_details} if it is no JSON array of objects with a type, or too large
     */
    public static AuthorizationDetails of(Optional<String> parameter) throws Refused {
        if (parameter.isEmpty()) {
            return NONE;
        }
        List<Object> array = parameter
                .filter(text -> text.length() <= LONGEST)
                .flatMap(Json::array)
                .filter(list -> !list.isEmpty() && list.size() <= MOST)
                .orElseThrow(() -> refused("They have to be a JSON array of 1 to " + MOST + " objects."));
        List<Map<String, Object>> all = new ArrayList<>();
        for (Object each : array) {
            if (!(each instanceof Map<?, ?> object) || !(object.get("type") instanceof String)) {
                throw refused("Each of them has to be an object with a type.");
            }
            Map<String, Object> named = new LinkedHashMap<>();
            object.forEach((name, value) -> named.put(String.valueOf(name), value));
            all.add(named);
        }
        return new AuthorizationDetails(all);
    }

    private static Refused refused(String why) {
        return Refused.of("invalid_authorization_details", "The authorization_details are not good. " + why);
    }

    /**
     * Refuses what is of another type than the operator offers and, if the client is registered with {@code
     * authorization_details_types}, of another than those.
     */
    public void requireOffered(Set<String> types, RegisteredClient client) throws Refused {
        List<String> registered = client.client().texts("authorization_details_types");
        for (Map<String, Object> each : all) {
            String type = String.valueOf(each.get("type"));
            if (!types.contains(type) || !registered.isEmpty() && !registered.contains(type)) {
                throw refused("One is of a type that is not offered to the client.");
            }
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** As people are shown them: each with its members, in order, as texts. */
    public List<Map<String, Object>> shown() {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Map<String, Object> each : all) {
            List<Map<String, String>> members = new ArrayList<>();
            each.forEach((name, value) -> {
                if (!name.equals("type")) {
                    members.add(Map.of("name", name, "value", value instanceof String text ? text : Json.value(value)));
                }
            });
            shown.add(Map.of("type", each.get("type"), "members", members));
        }
        return shown;
    }
}
