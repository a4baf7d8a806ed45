package org.latchkey.procs.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/**
 * The table of routes: which handler answers which method and path, and for whom. A part of a path in braces stands for any one
 * segment; a path without braces goes before one with them. Filled while the server is put together, and read from then on.
 */
public final class Routes {

    /** Who may come in at all; a handler may ask more. */
    public enum Audience {
        /** Everybody who is signed in. */
        SIGNED_IN,
        /** Administrators of procs. */
        ADMINISTRATORS
    }

    /** Answers whoever is known. */
    @FunctionalInterface
    public interface Handler {
        Response answer(Visit visit) throws IOException;
    }

    /** Answers everybody. */
    @FunctionalInterface
    public interface OpenHandler {
        Response answer(Request request) throws IOException;
    }

    /** A handler and whom it is for. */
    sealed interface Route {

        /** For everybody. */
        record Open(OpenHandler handler) implements Route {}

        /** For some. */
        record Guarded(Audience audience, Handler handler) implements Route {}
    }

    /**
     * What there is at a path.
     *
     * @param methods the routes by method
     */
    record Match(Map<String, Route> methods, Map<String, String> variables) {}

    private final Map<String, Map<String, Route>> table = new LinkedHashMap<>();

    /** @param path such as {@code /execution/{id}/status} */
    public Routes add(String method, String path, Audience audience, Handler handler) {
        return put(method, path, new Route.Guarded(audience, handler));
    }

    /** A route for everybody. */
    public Routes open(String path, OpenHandler handler) {
        return put("GET", path, new Route.Open(handler));
    }

    private Routes put(String method, String path, Route route) {
        if (table.computeIfAbsent(path, none -> new LinkedHashMap<>()).put(method, route) != null) {
            throw new IllegalStateException(method + " " + path + " is there twice");
        }
        return this;
    }

    /** All of them, such as {@code POST /execution}. */
    public List<String> list() {
        List<String> list = new ArrayList<>();
        table.forEach((path, methods) -> methods.keySet().forEach(method -> list.add(method + " " + path)));
        return list;
    }

    Optional<Match> find(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Optional.ofNullable(table.get(plain))
                .map(methods -> new Match(methods, Map.of()))
                .or(() -> table.entrySet().stream()
                        .flatMap(entry -> variables(entry.getKey(), plain).stream()
                                .map(found -> new Match(entry.getValue(), found)))
                        .findFirst());
    }

    private static Optional<Map<String, String>> variables(String template, String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
                variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    static String allowed(Collection<String> methods) {
        return String.join(", ", methods);
    }
}
