package org.latchkey.services.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Service;

/** The JSON form of a service, the same in the store and over REST. */
final class ServiceJson {

    private static final Set<String> KNOWN = Set.of(
            "name",
            "url",
            "match",
            "comment",
            "logout",
            "logout_url",
            "attributes",
            "proxies",
            "groups",
            "theme",
            "order");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int DEFAULT_ORDER = 1000;

    private final JsonNode members;

    private ServiceJson(JsonNode members) {
        this.members = members;
    }

    static ObjectNode write(StoredService stored) {
        Service service = stored.service();
        ObjectNode json = JSON.createObjectNode()
                .put("name", service.name())
                .put("url", service.url())
                .put("match", word(service.match()))
                .put("comment", service.comment())
                .put("logout", word(service.logout()))
                .put("logout_url", service.logoutUrl())
                .put("proxies", service.proxies())
                .put("theme", service.theme())
                .put("order", stored.order());
        texts(json.putArray("attributes"), service.attributes());
        texts(json.putArray("groups"), service.groups());
        return json;
    }

    static ObjectNode write(List<StoredService> all) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode services = json.putArray("services");
        all.forEach(each -> services.add(write(each)));
        return json;
    }

    private static void texts(ArrayNode array, Collection<String> texts) {
        new TreeSet<>(texts).forEach(array::add);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a service; what is missing is as it is by default.
     *
     * @param name which it must have, if it has one
     * @throws Refusal (INVALID) with a pointer to what is unknown, twice there, or of another type than it must be
     */
    static StoredService read(String name, byte[] json) throws IOException {
        try {
            JsonNode members = JSON.readTree(json);
            if (members == null || !members.isObject()) {
                throw Refusal.invalid("", "The body is not a JSON object.");
            }
            for (String member : (Iterable<String>) members::fieldNames) {
                if (!KNOWN.contains(member)) {
                    String pointer = "/" + member.replace("~", "~0").replace("/", "~1");
                    throw Refusal.invalid(pointer, "There is no such member.");
                }
            }
            return new ServiceJson(members).service(name);
        } catch (JsonProcessingException malformed) {
            throw Refusal.invalid("", "This is not well-formed JSON, or has a member twice.");
        }
    }

    private StoredService service(String name) {
        if (!text("name", name).equals(name)) {
            throw Refusal.invalid("/name", "This is not the name in the path.");
        }
        if (!members.has("url")) {
            throw Refusal.invalid("/url", "This member is required.");
        }
        return new StoredService(
                number("order", DEFAULT_ORDER),
                new Service(
                        name,
                        text("url", ""),
                        choice("match", Service.Match.EXACT),
                        text("comment", ""),
                        choice("logout", Service.Logout.NONE),
                        text("logout_url", ""),
                        texts("attributes"),
                        flag("proxies"),
                        texts("groups"),
                        text("theme", "")));
    }

    private String text(String name, String absent) {
        JsonNode value = members.path(name);
        return value.isMissingNode() ? absent : text("/" + name, value);
    }

    private static String text(String pointer, JsonNode value) {
        if (!value.isTextual()) {
            throw Refusal.invalid(pointer, "This must be a text.");
        }
        return value.textValue();
    }

    private int number(String name, int absent) {
        JsonNode value = members.path(name);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw Refusal.invalid("/" + name, "This must be an integer of 32 bits.");
        }
        return value.intValue();
    }

    private boolean flag(String name) {
        JsonNode value = members.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw Refusal.invalid("/" + name, "This must be true or false.");
        }
        return value.asBoolean(false);
    }

    private Set<String> texts(String name) {
        JsonNode values = members.path(name);
        if (!values.isMissingNode() && !values.isArray()) {
            throw Refusal.invalid("/" + name, "This must be an array.");
        }
        Set<String> texts = new TreeSet<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(text("/" + name + "/" + i, values.get(i)));
        }
        return texts;
    }

    private <E extends Enum<E>> E choice(String name, E absent) {
        String given = text(name, word(absent));
        List<E> all = List.of(absent.getDeclaringClass().getEnumConstants());
        return all.stream()
                .filter(each -> word(each).equals(given))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "/" + name,
                        "This must be one of "
                                + String.join(
                                        ", ",
                                        all.stream().map(ServiceJson::word).toList()) + "."));
    }
}
