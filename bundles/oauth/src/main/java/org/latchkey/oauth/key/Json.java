package org.latchkey.oauth.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON objects, read strictly: no name twice, nothing after the end, nested at most 32 deep, whole numbers as Long. */
final class Json {

    private static final int DEPTH = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(32)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            // The library's own cache is everybody's and would keep the classes of this bundle alive.
            .typeFactory(TypeFactory.defaultInstance().withCache(ownCache()))
            .build();

    private static final ObjectReader READER = MAPPER.readerFor(Map.class);
    private static final ObjectWriter WRITER = MAPPER.writer();

    private Json() {}

    private static LookupCache<Object, JavaType> ownCache() {
        return new LRUMap<>(16, 200);
    }

    /** @throws IllegalArgumentException if it is nested too deep, or holds what JSON has no word for */
    static byte[] bytes(Map<String, ?> object) {
        try {
            return WRITER.writeValueAsBytes(object);
        } catch (JsonProcessingException quotesTheContent) {
            throw new IllegalArgumentException("That cannot be written as JSON, or is nested too deep");
        }
    }

    static String text(Map<String, ?> object) {
        return new String(bytes(object), StandardCharsets.UTF_8);
    }

    static Map<String, Object> read(String text) throws ParseException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The object, unmodifiable all through.
     *
     * @throws ParseException if that is no JSON object, or one that is not allowed; it does not quote the content
     */
    static Map<String, Object> read(byte[] utf8) throws ParseException {
        Map<?, ?> object;
        try {
            object = READER.readValue(utf8);
        } catch (IOException quotesTheContent) {
            throw new ParseException("Not one strict JSON object", 0);
        }
        if (object == null) {
            throw new ParseException("Not a JSON object", 0);
        }
        return frozen(object);
    }

    private static Map<String, Object> frozen(Map<?, ?> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put((String) name, frozenValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object frozenValue(Object value) {
        if (value instanceof Map<?, ?> object) {
            return frozen(object);
        }
        if (value instanceof List<?> array) {
            List<Object> copy = new ArrayList<>(array.size());
            array.forEach(element -> copy.add(frozenValue(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
