package org.latchkey.directory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;

/** Reads one line of an import; whatever it does not know is refused with a pointer to it. */
final class ImportParser {

    /** Members that an export writes and that say nothing to an import. */
    private static final Set<String> IDLE = Set.of("version", "has_secret");

    /** The kind of the last line of an export, which says how many came before it. */
    static final String END = "end";

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "entity",
            Set.of(
                    "kind",
                    "id",
                    "number",
                    "locked",
                    "meta",
                    "groups",
                    "capabilities",
                    "keys",
                    "kv",
                    "secret",
                    "secret_hash",
                    "secret_sealed"),
            "group",
            Set.of("kind", "name", "number", "display_name", "capabilities", "kv"),
            "links",
            Set.of("kind", "name", "rules", "managed_by"),
            END,
            Set.of("kind", "lines"));

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SealedHashes sealed;

    ImportParser(SealedHashes sealed) {
        this.sealed = sealed;
    }

    ImportLine parse(byte[] line) {
        JsonNode json = tree(line);
        String kind = text(json, "kind").orElseThrow(() -> missing("kind"));
        Set<String> members = MEMBERS.get(kind);
        if (members == null) {
            throw Refusal.invalid("/kind", "A kind is entity, group or links.");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name) && !IDLE.contains(name)) {
                throw Refusal.invalid(pointer(name), "There is no such member.");
            }
        });
        return switch (kind) {
            case "entity" -> entity(json);
            case "group" -> group(json);
            case END -> new ImportLine.OfEnd(json.path("lines").asLong(-1));
            default -> links(json);
        };
    }

    private static JsonNode tree(byte[] line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json == null || !json.isObject()) {
                throw Refusal.invalid("", "A line is a JSON object.");
            }
            return json;
        } catch (JsonProcessingException malformed) {
            throw Refusal.invalid(
                    "",
                    "The line is not JSON, at column " + malformed.getLocation().getColumnNr() + ".");
        } catch (IOException impossible) {
            throw Refusal.invalid("", "The line is not JSON.");
        }
    }

    private ImportLine entity(JsonNode json) {
        String id = text(json, "id").orElseThrow(() -> missing("id"));
        Optional<String> sealedHash = text(json, "secret_sealed");
        Optional<SecretHash> hash = sealedHash
                .map(text -> sealed.open(id, text))
                .or(() -> text(json, "secret_hash"))
                .map(ImportParser::hash);
        Optional<Secret> secret = text(json, "secret").map(String::toCharArray).map(Secret::of);
        if (hash.isPresent() && secret.isPresent()) {
            throw Refusal.invalid("/secret", "There is a hash of it too.");
        }
        return new ImportLine.OfEntity(
                id,
                number(json),
                bool(json, "locked"),
                meta(json),
                texts(json, "groups").map(LinkedHashSet::new),
                capabilities(json),
                lists(json, "keys"),
                lists(json, "kv"),
                secret,
                hash);
    }

    private static SecretHash hash(String text) {
        if (Phc.parse(text).isEmpty()) {
            throw Refusal.invalid("/secret_hash", "A hash is in the PHC format of Argon2id.");
        }
        return new SecretHash(text);
    }

    private static ImportLine group(JsonNode json) {
        return new ImportLine.OfGroup(
                text(json, "name").orElseThrow(() -> missing("name")),
                number(json),
                text(json, "display_name"),
                capabilities(json),
                lists(json, "kv"));
    }

    private static ImportLine links(JsonNode json) {
        Optional<Map<String, Group.Rule>> rules = object(json, "rules").map(object -> {
            Map<String, Group.Rule> read = new LinkedHashMap<>();
            object.properties()
                    .forEach(rule -> read.put(
                            rule.getKey(),
                            Group.Rule.of(rule.getValue().asText())
                                    .orElseThrow(() -> Refusal.invalid(
                                            pointer("rules") + pointer(rule.getKey()),
                                            "A rule is include or exclude."))));
            return read;
        });
        return new ImportLine.OfLinks(
                text(json, "name").orElseThrow(() -> missing("name")), rules, text(json, "managed_by"));
    }

    private static Optional<Long> number(JsonNode json) {
        return member(json, "number").map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1) {
                throw Refusal.invalid("/number", "A number is an integer of at least 1.");
            }
            return node.longValue();
        });
    }

    private static Optional<Boolean> bool(JsonNode json, String name) {
        return member(json, name).map(node -> {
            if (!node.isBoolean()) {
                throw Refusal.invalid(pointer(name), "This must be true or false.");
            }
            return node.booleanValue();
        });
    }

    private static Map<MetaField, String> meta(JsonNode json) {
        Map<MetaField, String> meta = new EnumMap<>(MetaField.class);
        object(json, "meta").ifPresent(object -> object.properties()
                .forEach(field -> meta.put(
                        MetaField.of(field.getKey())
                                .orElseThrow(() -> Refusal.invalid(
                                        "/meta" + pointer(field.getKey()), "There is no such metadata field.")),
                        text("/meta" + pointer(field.getKey()), field.getValue()))));
        return meta;
    }

    private static Optional<Set<Capability>> capabilities(JsonNode json) {
        return texts(json, "capabilities").map(names -> {
            Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
            names.forEach(name -> capabilities.add(Capability.of(name)
                    .orElseThrow(() -> Refusal.invalid("/capabilities", "There is no capability " + name + "."))));
            return capabilities;
        });
    }

    private static Optional<Map<String, List<String>>> lists(JsonNode json, String name) {
        return object(json, name).map(object -> {
            Map<String, List<String>> lists = new LinkedHashMap<>();
            object.properties()
                    .forEach(entry -> lists.put(
                            entry.getKey(), texts(pointer(name) + pointer(entry.getKey()), entry.getValue())));
            return lists;
        });
    }

    private static Optional<JsonNode> object(JsonNode json, String name) {
        return member(json, name).map(node -> {
            if (!node.isObject()) {
                throw Refusal.invalid(pointer(name), "This must be an object.");
            }
            return node;
        });
    }

    private static Optional<List<String>> texts(JsonNode json, String name) {
        return member(json, name).map(node -> texts(pointer(name), node));
    }

    private static List<String> texts(String place, JsonNode array) {
        if (!array.isArray()) {
            throw Refusal.invalid(place, "This must be an array.");
        }
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(text(place + "/" + texts.size(), each)));
        return texts;
    }

    private static Optional<String> text(JsonNode json, String name) {
        return member(json, name).map(node -> text(pointer(name), node));
    }

    private static String text(String place, JsonNode node) {
        if (!node.isTextual()) {
            throw Refusal.invalid(place, "This must be a text.");
        }
        return node.textValue();
    }

    private static Optional<JsonNode> member(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name));
    }

    private static Refusal missing(String name) {
        return Refusal.invalid(pointer(name), "This member is required.");
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
