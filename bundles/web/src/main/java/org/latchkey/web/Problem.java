package org.latchkey.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;

/**
 * What went wrong, for the client (RFC 9457), and the one place where a kind of refusal becomes a status.
 *
 * @param status HTTP status
 * @param type a URN of ours, or {@code about:blank} when the status says it all
 * @param code short and stable, for programs
 * @param detail one sentence, may be empty
 * @param pointer where in the body (RFC 6901), may be empty
 */
record Problem(int status, String type, String code, String detail, String pointer) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    private static final Pattern URN_SAFE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final JsonFactory JSON = new JsonFactory();

    /** A problem that its status describes. */
    static Problem of(int status, String detail) {
        String code = title(status).toLowerCase(Locale.ROOT).replace(' ', '-');
        return new Problem(status, "about:blank", code, detail, "");
    }

    /** A refusal on its way out. */
    static Problem of(Refusal refusal) {
        String code = Objects.requireNonNullElse(refusal.code(), "");
        String type = URN_SAFE.matcher(code).matches() ? "urn:latchkey:" + code : "about:blank";
        String detail = Objects.requireNonNullElse(refusal.getMessage(), "");
        return new Problem(status(refusal.kind()), type, code, detail, refusal.pointer());
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED -> 403;
            case NOT_FOUND -> 404;
            case EXISTS, CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case TOO_MANY -> 429;
            case POLICY -> 422;
            case UNAVAILABLE -> 503;
        };
    }

    private static String title(int status) {
        return TITLES.getOrDefault(status, status < 500 ? "Client Error" : "Server Error");
    }

    /** The answer to send for the request of this id. */
    Response answer(String requestId) {
        Response answer = Response.of(status, MEDIA_TYPE, json(requestId));
        return status == 503 || status == 429 ? answer.withHeader("Retry-After", "1") : answer;
    }

    private byte[] json(String requestId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeStringField("title", title(status));
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("code", code);
            json.writeStringField("request_id", requestId);
            if (!pointer.isEmpty()) {
                json.writeStringField("pointer", pointer);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
