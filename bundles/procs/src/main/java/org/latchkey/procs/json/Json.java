package org.latchkey.procs.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;

/** JSON without ambiguity: no member twice, nothing after its end, not deeply nested. */
public final class Json {

    private static final int DEEPEST = 16;

    /** With a cache of its own, since the shared one would keep the classes of this bundle beyond its end. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .typeFactory(TypeFactory.defaultInstance().withCache(ownCache()))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    private static LookupCache<Object, JavaType> ownCache() {
        return new LRUMap<>(16, 100);
    }

    /** @throws Refusal (INVALID) if it is no JSON, or has a member twice */
    public static JsonNode read(byte[] text) throws IOException {
        try {
            JsonNode read = MAPPER.readTree(text);
            if (read == null || read.isMissingNode()) {
                throw Refusal.invalid("", "The body is empty.");
            }
            return read;
        } catch (JsonProcessingException quotesTheContent) {
            throw Refusal.invalid("", "This is not well-formed JSON, or has a member twice.");
        }
    }

    /** Reads what this bundle has written. */
    public static JsonNode stored(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException quotesTheContent) {
            throw new IllegalStateException("what is stored is no JSON");
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    public static ObjectNode map(Map<String, String> texts) {
        ObjectNode object = object();
        texts.forEach(object::put);
        return object;
    }

    /** An answer that nobody keeps. */
    public static Response answer(int status, JsonNode body) {
        return Response.of(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8))
                .withHeader("Cache-Control", "no-store");
    }
}
