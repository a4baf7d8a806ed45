package org.latchkey.cas;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/** Which handler answers which path and method. A slash at the end of a path makes no difference. */
final class Routes {

    /** Answers a request; what it refuses is the request's fault. */
    interface Handler {
        Response answer(Request request) throws Refused, IOException;
    }

    private final Map<String, Map<String, Handler>> handlers = new LinkedHashMap<>();

    Routes get(String path, Handler handler) {
        return add("GET", path, handler);
    }

    Routes post(String path, Handler handler) {
        return add("POST", path, handler);
    }

    private Routes add(String method, String path, Handler handler) {
        handlers.computeIfAbsent(path, none -> new LinkedHashMap<>()).put(method, handler);
        return this;
    }

    Response answer(Request request) throws IOException {
        Map<String, Handler> methods = handlers.getOrDefault(withoutTrailingSlash(request.path()), Map.of());
        Handler handler = methods.get(request.method());
        if (handler == null) {
            return methods.isEmpty()
                    ? Response.empty(404)
                    : Response.empty(405).withHeader("Allow", String.join(", ", List.copyOf(methods.keySet())));
        }
        try {
            return handler.answer(request);
        } catch (Refused malformed) {
            return Response.text(400, malformed.failure().message());
        }
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
