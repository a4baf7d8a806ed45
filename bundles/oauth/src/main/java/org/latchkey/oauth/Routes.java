package org.latchkey.oauth;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/** Which handler answers which path and method; what it refuses is answered as JSON (RFC 6749, 5.2). */
final class Routes {

    /** Answers a request. */
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

    /** Nothing if there is no such path. */
    Optional<Response> answer(Request request) throws IOException {
        Map<String, Handler> methods = handlers.get(request.path());
        if (methods == null) {
            return Optional.empty();
        }
        Handler handler = methods.get(request.method());
        return Optional.of(
                handler == null
                        ? Response.empty(405).withHeader("Allow", String.join(", ", List.copyOf(methods.keySet())))
                        : answer(handler, request));
    }

    private static Response answer(Handler handler, Request request) throws IOException {
        try {
            return handler.answer(request);
        } catch (Refused refused) {
            return refused(refused);
        } catch (Refusal refusal) {
            return switch (refusal.kind()) {
                case INVALID -> refused(Refused.of("invalid_request", refusal.getMessage()));
                case TOO_LARGE -> refused(Refused.of("invalid_request", 413, refusal.getMessage()));
                case UNAVAILABLE -> refused(Refused.of(refusal));
                default -> throw refusal;
            };
        }
    }

    static Response refused(Refused refused) {
        Response answer = Json.answer(refused.status(), refused.json());
        for (Map.Entry<String, String> header : refused.headers().entrySet()) {
            answer = answer.withHeader(header.getKey(), header.getValue());
        }
        return answer;
    }
}
