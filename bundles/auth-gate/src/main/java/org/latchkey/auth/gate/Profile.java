package org.latchkey.auth.gate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Gate tells of somebody.
 *
 * @param email in lower case
 * @param groups their names, in lower case, as Gate itself makes them when it creates a group
 */
record Profile(String email, boolean active, Set<String> groups) {

    private static final int DEEPEST = 20;

    private static final JsonFactory STRICT = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private static final ObjectMapper JSON =
            new ObjectMapper(STRICT).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    Profile {
        groups = Set.copyOf(groups);
    }

    /** @throws Unavailable if it is no profile: whatever is missing in it is not guessed */
    static Profile parse(String text) {
        JsonNode json = object(text);
        JsonNode email = json.path("email");
        JsonNode active = json.path("active");
        JsonNode groups = json.path("groups");
        if (!email.isTextual() || !active.isBoolean() || !groups.isArray()) {
            throw new Unavailable("Gate answered without email, active or groups");
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode each : groups) {
            String name = each.path("name").asText("");
            if (!each.path("name").isTextual() || name.isBlank()) {
                throw new Unavailable("Gate told of a group without a name");
            }
            names.add(lower(name));
        }
        return new Profile(lower(email.asText()), active.asBoolean(), names);
    }

    /** @throws Unavailable if it is not Gate's answer to the owner of an account, whatever it did with the account */
    static void requireUpdated(String text) {
        if (!object(text).path("success").isBoolean()) {
            throw new Unavailable("Gate answered without success");
        }
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The cause is left out: it quotes what was read. */
    private static JsonNode object(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException malformed) {
            throw new Unavailable("Gate answered with something that is no JSON");
        }
        throw new Unavailable("Gate answered with something that is no object");
    }
}
