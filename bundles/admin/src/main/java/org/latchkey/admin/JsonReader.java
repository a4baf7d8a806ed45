package org.latchkey.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;

/**
 * Reads one JSON object (RFC 8259) and nothing around it. Refuses with a pointer to the place: duplicate
 * members, more than 32 levels, integers beyond 64 bits, half surrogate pairs, anything after the end.
 *
 * <p>A member that carries a secret goes from the bytes into a {@link Secret} and is wiped from the parser's
 * buffer; it never is a String. What cannot be avoided: the server's network buffers hold the bytes of the
 * request until they are used again, and of a text longer than one buffer the parser leaves pieces behind
 * for the garbage collector.
 */
final class JsonReader {

    /** What a JSON null is read as. */
    static final Object NULL = new Object();

    private static final Set<String> SECRETS = Set.of("secret", "current");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(32)
                    .maxNameLength(1024)
                    .build())
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool()) // a pool would keep what was read
            .build();

    private final JsonParser parser;
    private final List<Secret> secrets = new ArrayList<>();

    /** JSON is UTF-8 (RFC 8259, 8.1), in which there is no zero byte; in UTF-16 and UTF-32 half of them are. */
    private static void refuseOtherEncodings(byte[] json) {
        for (byte each : json) {
            if (each == 0) {
                throw Refusal.invalid("", "JSON is written in UTF-8.");
            }
        }
    }

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The members in order: String, Long, Double, Boolean, List, Map, {@link #NULL}, and a {@link Secret},
     * which the caller closes, for the texts of {@code secret} and {@code current}. Leaves the bytes wiped.
     */
    static Map<String, Object> read(byte[] json) throws IOException {
        refuseOtherEncodings(json);
        try (JsonParser parser = JSON.createParser(json)) {
            return new JsonReader(parser).document();
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }

    private Map<String, Object> document() throws IOException {
        boolean complete = false;
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("The body is not a JSON object.");
            }
            Map<String, Object> members = object();
            if (parser.nextToken() != null) {
                throw invalid("There is something after the JSON object.");
            }
            complete = true;
            return members;
        } catch (JsonProcessingException malformed) {
            // Its message may repeat the input, and with it a secret.
            throw invalid("This is not well-formed JSON, or nested or long beyond measure.");
        } finally {
            if (!complete) {
                secrets.forEach(Secret::close);
            }
        }
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
            if (members.containsKey(name)) {
                throw invalid("The member is there twice.");
            }
            parser.nextToken();
            members.put(name, value(name));
        }
        return members;
    }

    private List<Object> array() throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(""));
        }
        return elements;
    }

    private Object value(String name) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> isSecret(name) ? secret() : wellFormed(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> NULL;
        };
    }

    private boolean isSecret(String name) {
        return SECRETS.contains(name) && parser.getParsingContext().getParent().inRoot();
    }

    private Secret secret() throws IOException {
        char[] buffer = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int to = from + parser.getTextLength();
        char[] text = Arrays.copyOfRange(buffer, from, to);
        Arrays.fill(buffer, from, to, '\0');
        if (!isWellFormed(text)) {
            Arrays.fill(text, '\0');
            throw invalid("The text is not well-formed Unicode.");
        }
        Secret secret = Secret.of(text);
        secrets.add(secret);
        return secret;
    }

    private Long integer() throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw invalid("The number is out of range.");
        }
        return parser.getLongValue();
    }

    private String wellFormed(String text) {
        if (!isWellFormed(text.toCharArray())) {
            throw invalid("The text is not well-formed Unicode.");
        }
        return text;
    }

    /** Whether every surrogate stands in a pair; half a pair cannot be stored as UTF-8. */
    private static boolean isWellFormed(char[] text) {
        for (int at = 0; at < text.length; at++) {
            if (!Character.isSurrogate(text[at])) {
                continue;
            }
            if (at + 1 == text.length || !Character.isSurrogatePair(text[at], text[at + 1])) {
                return false;
            }
            at++;
        }
        return true;
    }

    private Refusal invalid(String message) {
        return Refusal.invalid(parser.getParsingContext().pathAsPointer().toString(), message);
    }
}
