package org.latchkey.oauth;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.Refusal;

/**
 * The answer "no" of the protocol: an error code of RFC 6749 or of one of its extensions, and one sentence for developers.
 * How it reaches the client depends on the endpoint. Carries no stack trace: it is an answer, not a fault.
 */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String error;
    private final int status;

    /** A header of the answer, by name; a {@link java.util.HashMap} for the sake of serialization. */
    private final HashMap<String, String> headers;

    private Refused(String error, int status, String description) {
        this(error, status, description, Map.of());
    }

    private Refused(String error, int status, String description, Map<String, String> headers) {
        super(description, null, false, false);
        this.error = error;
        this.status = status;
        this.headers = new HashMap<>(headers);
    }

    /** A malformed or forbidden request (400). */
    public static Refused of(String error, String description) {
        return new Refused(error, 400, description);
    }

    /** The client is not who it says (401; RFC 6749, 5.2). */
    public static Refused invalidClient(String description) {
        return new Refused("invalid_client", 401, description);
    }

    /** With another status, such as 429. */
    public static Refused of(String error, int status, String description) {
        return new Refused(error, status, description);
    }

    /** What a plugin or another part of the server refused; its code is taken as it is. */
    public static Refused of(Refusal refusal) {
        return switch (refusal.kind()) {
            case UNAUTHENTICATED -> new Refused(refusal.code(), 401, refusal.getMessage());
            case UNAVAILABLE -> new Refused("temporarily_unavailable", 503, refusal.getMessage());
            case TOO_MANY -> new Refused(refusal.code(), 429, refusal.getMessage());
            default -> new Refused(refusal.code(), 400, refusal.getMessage());
        };
    }

    public String error() {
        return error;
    }

    public int status() {
        return status;
    }

    /** The same with a header for the answer, such as a challenge. */
    public Refused withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Refused(error, status, getMessage(), more);
    }

    /** What the answer has beside {@link #json()}, where it goes to the client directly. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** Its parameters in an answer (RFC 6749, 4.1.2.1 and 5.2). */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", error);
        json.put("error_description", Characters.ofDescriptions(getMessage()));
        return json;
    }
}
