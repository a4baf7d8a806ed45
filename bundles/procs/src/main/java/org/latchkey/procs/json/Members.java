package org.latchkey.procs.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Refusal;

/**
 * The members of an object, read with a pointer to what is wrong (RFC 6901). A member that is null counts as absent, since
 * Proctor's clients, written in Go, say null where there is nothing.
 */
public final class Members {

    private final String pointer;
    private final JsonNode object;

    private Members(String pointer, JsonNode object) {
        this.pointer = pointer;
        this.object = object;
    }

    /** @throws Refusal (INVALID) if it is no object or has other members than the known ones */
    public static Members of(String pointer, JsonNode value, Set<String> known) {
        if (!value.isObject()) {
            throw Refusal.invalid(pointer, "This must be an object.");
        }
        for (String name : (Iterable<String>) value::fieldNames) {
            if (!known.contains(name)) {
                throw Refusal.invalid(pointer + "/" + escaped(name), "There is no such member.");
            }
        }
        return new Members(pointer, value);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The pointer to a member. */
    public String at(String name) {
        return pointer + "/" + escaped(name);
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** A text, empty if it is absent. */
    public String text(String name, int longest) {
        return has(name) ? checked(at(name), object.get(name), longest) : "";
    }

    private static String checked(String at, JsonNode value, int longest) {
        if (!value.isTextual()) {
            throw Refusal.invalid(at, "This must be a text.");
        }
        String text = value.textValue();
        if (text.length() > longest) {
            throw Refusal.invalid(at, "This has more than " + longest + " characters.");
        }
        if (text.indexOf('\0') >= 0) {
            throw Refusal.invalid(at, "This has a character of code 0.");
        }
        return text;
    }

    /** A whole number, if there is one. */
    public Optional<Long> number(String name, long least, long greatest) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = object.get(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > greatest) {
            throw Refusal.invalid(at(name), "This must be an integer from " + least + " to " + greatest + ".");
        }
        return Optional.of(value.longValue());
    }

    /** A list of texts, empty if it is absent. */
    public List<String> texts(String name, int most, int longest) {
        List<String> texts = new ArrayList<>();
        JsonNode values = list(name, most);
        for (int i = 0; i < values.size(); i++) {
            texts.add(checked(at(name) + "/" + i, values.get(i), longest));
        }
        return texts;
    }

    /** A list of objects, empty if it is absent. */
    public List<Members> objects(String name, int most, Set<String> known) {
        List<Members> objects = new ArrayList<>();
        JsonNode values = list(name, most);
        for (int i = 0; i < values.size(); i++) {
            objects.add(of(at(name) + "/" + i, values.get(i), known));
        }
        return objects;
    }

    private JsonNode list(String name, int most) {
        if (!has(name)) {
            return Json.array();
        }
        JsonNode values = object.get(name);
        if (!values.isArray()) {
            throw Refusal.invalid(at(name), "This must be an array.");
        }
        if (values.size() > most) {
            throw Refusal.invalid(at(name), "This has more than " + most + " elements.");
        }
        return values;
    }

    /** An object of its own, empty if it is absent. */
    public Members members(String name, Set<String> known) {
        return of(at(name), has(name) ? object.get(name) : Json.object(), known);
    }

    /** An object whose members have any name and are texts, empty if it is absent. */
    public Map<String, String> map(String name, int most, int longest) {
        JsonNode value = has(name) ? object.get(name) : Json.object();
        if (!value.isObject()) {
            throw Refusal.invalid(at(name), "This must be an object.");
        }
        if (value.size() > most) {
            throw Refusal.invalid(at(name), "This has more than " + most + " members.");
        }
        Map<String, String> map = new LinkedHashMap<>();
        value.properties().forEach(each -> {
            String at = at(name) + "/" + escaped(each.getKey());
            map.put(each.getKey(), checked(at, each.getValue(), longest));
        });
        return map;
    }
}
