package org.latchkey.procs.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.access.Visitor.Proof;
import org.latchkey.procs.json.Json;

/**
 * A request of somebody who is known.
 *
 * @param variables the parts of the path that stand for something, by name
 */
public record Visit(Request request, Map<String, String> variables, Visitor visitor) {

    private static final String JSON = "application/json";
    private static final int LONGEST_ID = 16;

    /** A part of the path. */
    public String variable(String name) {
        return variables.get(name);
    }

    /** A part of the path that is the id of a run. */
    public long id(String name) {
        return id(name, variable(name));
    }

    /** @throws Refusal (INVALID) if that text is no id of a run */
    public static long id(String name, String text) {
        if (text.isEmpty()
                || text.length() > LONGEST_ID
                || !text.chars().allMatch(each -> each >= '0' && each <= '9')) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "\"" + name + "\" must be the number of a run.");
        }
        return Long.parseLong(text);
    }

    /** A query parameter that is there once or not at all. */
    public Optional<String> query(String name) {
        List<String> values = request.query(name);
        if (values.size() > 1) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "\"" + name + "\" is there more than once.");
        }
        return values.stream().findFirst().filter(each -> !each.isEmpty());
    }

    /**
     * The body as JSON. Who sends no type means JSON, unless nobody has to prove who they are: a web page can have a browser send a
     * body without a type to anybody, but not with this one.
     *
     * @throws Refusal (INVALID) if it is none or is sent as something else; (TOO_LARGE)
     */
    public JsonNode json(long limit) throws IOException {
        String type = request.header("Content-Type").orElse(visitor.proof() == Proof.SHOWN ? JSON : "");
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals(JSON)) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "The body must be application/json.");
        }
        return Json.read(request.body(limit).readAllBytes());
    }
}
