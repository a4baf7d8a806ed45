package org.latchkey.oauth.registration;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.JsonBody;
import org.latchkey.oauth.client.StoredClient;

/**
 * Dynamic client registration over HTTP: {@code POST /register} (RFC 7591, 3) and {@code GET}, {@code PUT}, {@code DELETE} of
 * {@code /register/ID} (RFC 7592, 2). What must not be known by others is asked for in the Authorization header alone.
 */
public final class RegistrationEndpoint {

    /** Below the instance. */
    public static final String PATH = "/register";

    private static final String SCHEME = "Bearer ";

    private final Registration registration;

    public RegistrationEndpoint(Registration registration) {
        this.registration = registration;
    }

    /** Answers a request to a path that is {@link #PATH} or below. */
    public Response handle(Request request) throws IOException {
        try {
            if (request.path().equals(PATH)) {
                return request.method().equals("POST") ? register(request) : notAllowed("POST");
            }
            String id = request.path().substring(PATH.length() + 1);
            return switch (request.method()) {
                case "GET" -> Json.answer(200, registration.read(token(request), id));
                case "PUT" -> update(request, id);
                case "DELETE" -> delete(request, id);
                default -> notAllowed("GET, HEAD, PUT, DELETE");
            };
        } catch (Refused no) {
            return answer(no);
        } catch (Refusal refusal) {
            return answer(Refused.of(refusal));
        }
    }

    private Response register(Request request) throws IOException, Refused {
        Optional<String> token = bearer(request);
        registration.admit(token);
        return Json.answer(201, registration.register(token, body(request), request));
    }

    private Response update(Request request, String id) throws IOException, Refused {
        StoredClient client = registration.authenticated(token(request), id);
        return Json.answer(200, registration.update(client, body(request), request));
    }

    private Response delete(Request request, String id) throws Refused {
        registration.delete(registration.authenticated(token(request), id), request);
        return Response.empty(204).withHeader("Cache-Control", "no-store");
    }

    private static Map<String, Object> body(Request request) throws IOException, Refused {
        if (!JsonBody.isStated(request)) {
            throw Refused.of("invalid_client_metadata", "The body must be " + JsonBody.TYPE + ".");
        }
        return JsonBody.read(request)
                .orElseThrow(() ->
                        Refused.of("invalid_client_metadata", "The body is not a JSON object, or has a member twice."));
    }

    private static String token(Request request) {
        return bearer(request).orElse("");
    }

    private static Optional<String> bearer(Request request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    private static Response answer(Refused no) {
        Response answer = Json.answer(no.status(), no.json());
        for (Map.Entry<String, String> header : no.headers().entrySet()) {
            answer = answer.withHeader(header.getKey(), header.getValue());
        }
        return answer;
    }

    private static Response notAllowed(String allow) {
        return Response.empty(405).withHeader("Allow", allow);
    }
}
