package org.latchkey.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Response;

/** JSON objects as maps of texts, numbers, booleans, lists and maps. */
public final class Json {

    private static final int DEEPEST = 20;

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final TypeReference<List<Object>> ARRAY = new TypeReference<>() {};

    private static final JsonFactory STRICT = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private static final ObjectMapper MAPPER =
            new ObjectMapper(STRICT).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Map<String, String> NOT_KEPT =
            Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

    private Json() {}

    /** Reads one object: no duplicate names, at most {@value #DEEPEST} deep. Nothing if it is none. */
    public static Optional<Map<String, Object>> object(String text) {
        try {
            return Optional.ofNullable(MAPPER.readValue(text, OBJECT));
        } catch (JsonProcessingException malformed) {
            return Optional.empty(); // who asked says so, without showing what it was
        }
    }

    /** The same value, which nobody can change: for what several requests look at. */
    public static Object frozen(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            object.forEach((name, each) -> copy.put(name, frozen(each)));
            return Collections.unmodifiableMap(copy);
        }
        return value instanceof List<?> array ? array.stream().map(Json::frozen).toList() : value;
    }

    /** Reads an array of texts; nothing if it is none. */
    public static Optional<List<String>> texts(String text) {
        return array(text)
                .filter(list -> list.stream().allMatch(String.class::isInstance))
                .map(list -> list.stream().map(String.class::cast).toList());
    }

    /** Reads one array, as {@link #object} reads objects. */
    public static Optional<List<Object>> array(String text) {
        try {
            return Optional.ofNullable(MAPPER.readValue(text, ARRAY));
        } catch (JsonProcessingException malformed) {
            return Optional.empty(); // who asked says so, without showing what it was
        }
    }

    public static String text(Map<String, Object> object) {
        return new String(bytes(object), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(Map<String, Object> object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Any value as JSON. */
    public static String value(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An answer that nobody may keep (RFC 6749, 5.1). */
    public static Response answer(int status, Map<String, Object> object) {
        return new Response(status, NOT_KEPT, bytes(object));
    }
}
