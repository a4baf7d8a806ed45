package org.latchkey.procs.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.store.Item;
import org.latchkey.procs.json.Json;

/**
 * Some lines of a log, as they are stored together.
 *
 * @param version of the stored item, 0 if it is not stored yet
 * @param first the number of its first line, counted from 0
 */
record Chunk(long version, long first, List<String> lines) {

    Chunk {
        lines = List.copyOf(lines);
    }

    static Chunk empty(long first) {
        return new Chunk(0, first, List.of());
    }

    static Chunk of(Item item) {
        JsonNode json = Json.stored(item.body());
        List<String> lines = new ArrayList<>();
        json.get("lines").forEach(line -> lines.add(line.textValue()));
        return new Chunk(item.version(), json.get("first").longValue(), lines);
    }

    String body() {
        return Json.object().put("first", first).set("lines", Json.texts(lines)).toString();
    }

    /** The number of the line after its last. */
    long end() {
        return first + lines.size();
    }

    boolean holds(long line) {
        return first <= line && line < end();
    }

    /** Its lines from that number on. */
    List<String> from(long line) {
        return lines.subList((int) (line - first), lines.size());
    }

    /** Its characters, with one for the end of each line. */
    int size() {
        return lines.stream().mapToInt(String::length).sum() + lines.size();
    }

    Chunk asVersion(long stored) {
        return new Chunk(stored, first, lines);
    }

    @Override
    public String toString() {
        return "Chunk[" + first + ", " + lines.size() + "]";
    }
}
