package org.latchkey.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.http.Request;

/**
 * The members of a JSON body, each of the type it must have. Whatever is unknown, missing, null or of
 * another type is refused with a pointer to it (RFC 6901). Closing it wipes the secrets in it.
 */
final class Fields implements AutoCloseable {

    private static final long MAX_BYTES = 64 * 1024;

    private final Map<String, Object> members;

    private Fields(Map<String, Object> members) {
        this.members = members;
    }

    /** Reads the body of a request that may have these members and no others. */
    static Fields of(Request request, Set<String> known) throws IOException {
        return of(request, known, Map.of());
    }

    /**
     * Reads the body of a request that may have these members and no others.
     *
     * @param otherwise what to say about certain others
     */
    static Fields of(Request request, Set<String> known, Map<String, String> otherwise) throws IOException {
        Fields fields = new Fields(JsonReader.read(request.body(MAX_BYTES).readAllBytes()));
        for (String name : fields.members.keySet()) {
            if (!known.contains(name)) {
                fields.close();
                throw Refusal.invalid(pointer("", name), otherwise.getOrDefault(name, "There is no such member."));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        for (Object value : members.values()) {
            if (value instanceof Secret secret) {
                secret.close();
            }
        }
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        return typed(name, String.class, "a text");
    }

    /** An integer of at least 1. */
    Optional<Long> number(String name) {
        Optional<Long> number = typed(name, Long.class, "an integer");
        if (number.isPresent() && number.get() < 1) {
            throw Refusal.invalid(pointer("", name), "The number must be at least 1.");
        }
        return number;
    }

    Secret secret(String name) {
        return optionalSecret(name).orElseThrow(() -> missing(name));
    }

    Optional<Secret> optionalSecret(String name) {
        return typed(name, Secret.class, "a text");
    }

    List<String> texts(String name) {
        return texts(pointer("", name), typed(name, List.class, "an array").orElseThrow(() -> missing(name)));
    }

    /** Metadata to set; null and the empty text clear a field. */
    Map<MetaField, String> meta(String name) {
        Map<MetaField, String> meta = new EnumMap<>(MetaField.class);
        for (Map.Entry<String, Object> member : object(name).entrySet()) {
            String place = pointer("/" + name, member.getKey());
            MetaField field = MetaField.of(member.getKey())
                    .orElseThrow(() -> Refusal.invalid(place, "There is no such metadata field."));
            meta.put(field, member.getValue() == JsonReader.NULL ? "" : text(place, member.getValue()));
        }
        return meta;
    }

    /** Lists of values by key. */
    Map<String, List<String>> lists(String name) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : object(name).entrySet()) {
            String place = pointer("/" + name, member.getKey());
            lists.put(member.getKey(), texts(place, cast(place, member.getValue(), List.class, "an array")));
        }
        return lists;
    }

    /** The members of an object within the body, none if it is not there. */
    @SuppressWarnings("unchecked") // the reader makes no other maps
    private Map<String, Object> object(String name) {
        return (Map<String, Object>) typed(name, Map.class, "an object").orElse(Map.of());
    }

    private <T> Optional<T> typed(String name, Class<T> type, String what) {
        return has(name) ? Optional.of(cast(pointer("", name), members.get(name), type, what)) : Optional.empty();
    }

    private static List<String> texts(String place, List<?> values) {
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(text(place + "/" + texts.size(), value));
        }
        return texts;
    }

    private static String text(String place, Object value) {
        return cast(place, value, String.class, "a text");
    }

    private static <T> T cast(String place, Object value, Class<T> type, String what) {
        if (!type.isInstance(value)) {
            throw Refusal.invalid(place, "This must be " + what + ".");
        }
        return type.cast(value);
    }

    private static Refusal missing(String name) {
        return Refusal.invalid(pointer("", name), "This member is required.");
    }

    private static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
