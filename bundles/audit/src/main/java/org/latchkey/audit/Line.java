package org.latchkey.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;

/**
 * One line of the log, without its line feed: {@code {"seq":N,"prev":"P",<the event>,"hash":"H"}}. P is the SHA-256
 * of the whole line before, H that of this line without the member {@code hash}, both in hex.
 *
 * @param bytes UTF-8; may be anything, if somebody changed the file
 */
record Line(byte[] bytes) {

    /** What the first line of all names as its predecessor. */
    static final String NOTHING = "0".repeat(64);

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectReader READER = new JsonMapper().readerFor(Map.class);
    private static final String SEQ = "{\"seq\":";
    private static final String PREV = ",\"prev\":\"";
    private static final String HASH = ",\"hash\":\"";
    private static final int TAIL = HASH.length() + NOTHING.length() + 2;

    /** The event as a JSON object. */
    static byte[] content(AuditEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, event.json());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** By hand, so that no class of a plugin is ever remembered and no value too odd to be written down. */
    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> members) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                json.writeFieldName(text(member.getKey()));
                write(json, member.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else {
            json.writeString(text(value));
        }
    }

    /** Half of a surrogate pair is no Unicode text and could not be written. */
    private static String text(Object value) {
        String text = value.toString();
        boolean plain = text.chars().noneMatch(each -> Character.isSurrogate((char) each));
        return plain ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The line of that number, after the line with that digest. */
    static Line chained(long seq, String previous, byte[] content) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(content.length + 192);
        line.writeBytes(ascii(SEQ + seq + PREV + previous + "\","));
        line.write(content, 1, content.length - 1);
        String hash = sha256(line.toByteArray());
        byte[] whole = line.toByteArray();
        line.reset();
        line.write(whole, 0, whole.length - 1);
        line.writeBytes(ascii(HASH + hash + "\"}"));
        return new Line(line.toByteArray());
    }

    /** What the next line names. */
    String digest() {
        return sha256(bytes);
    }

    /** Its number, or 0 if it does not begin like a line of the log. */
    long seq() {
        long seq = 0;
        int at = SEQ.length();
        while (startsWith(SEQ) && at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && seq < 1L << 58) {
            seq = seq * 10 + bytes[at++] - '0';
        }
        return seq;
    }

    /** Whether it names that digest. */
    boolean follows(String digest) {
        return startsWith(SEQ + seq() + PREV + digest + "\",");
    }

    /** Whether it is as it was written. */
    boolean isWhole() {
        if (bytes.length < TAIL) {
            return false;
        }
        byte[] rest = new byte[bytes.length - TAIL + 1];
        System.arraycopy(bytes, 0, rest, 0, rest.length - 1);
        rest[rest.length - 1] = '}';
        String tail = new String(bytes, bytes.length - TAIL, TAIL, StandardCharsets.ISO_8859_1);
        return tail.equals(HASH + sha256(rest) + "\"}");
    }

    /** What it says; of a line that somebody destroyed, only that. */
    Audit.Entry entry() {
        try {
            Map<String, Object> members = READER.readValue(bytes);
            return new Audit.Entry(seq(), event(members), text(members, "hash"));
        } catch (JsonProcessingException | DateTimeParseException destroyed) {
            return new Audit.Entry(seq(), AuditEvent.of("unreadable", "", "", Map.of()), "");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @SuppressWarnings("unchecked") // JSON objects are read as maps with texts as keys
    private static AuditEvent event(Map<String, Object> members) {
        return new AuditEvent(
                Instant.parse(text(members, "at")),
                text(members, "type"),
                text(members, "request_id"),
                text(members, "actor"),
                text(members, "subject"),
                text(members, "address"),
                members.get("details") instanceof Map<?, ?> details ? (Map<String, Object>) details : Map.of());
    }

    private static String text(Map<String, Object> members, String name) {
        return String.valueOf(members.getOrDefault(name, ""));
    }

    private boolean startsWith(String expected) {
        byte[] start = ascii(expected);
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }
}
