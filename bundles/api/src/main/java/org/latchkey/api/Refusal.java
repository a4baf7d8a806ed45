package org.latchkey.api;

/**
 * The answer "no", with a reason that may be shown to the caller. Thrown by a hook to stop a change, and by
 * the core for everything it will not do. Carries no stack trace: it is an answer, not a fault.
 */
public final class Refusal extends RuntimeException {

    /** What kind of no it is; each protocol maps it once. */
    public enum Kind {
        INVALID,
        UNAUTHENTICATED,
        DENIED,
        NOT_FOUND,
        EXISTS,
        CONFLICT,
        POLICY,
        TOO_LARGE,
        /** Too often in too short a time. */
        TOO_MANY,
        UNAVAILABLE
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final String pointer;

    /**
     * A policy's refusal: what a hook throws.
     *
     * @param code short and stable, for programs, such as {@code secret-too-short}
     * @param message one sentence, safe to show to whoever asked
     */
    public Refusal(String code, String message) {
        this(Kind.POLICY, code, message, "");
    }

    private Refusal(Kind kind, String code, String message, String pointer) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
        this.pointer = pointer;
    }

    public static Refusal of(Kind kind, String code, String message) {
        return new Refusal(kind, code, message, "");
    }

    /** Malformed input; {@code pointer} names the place in it (RFC 6901), such as {@code /meta/shell}. */
    public static Refusal invalid(String pointer, String message) {
        return new Refusal(Kind.INVALID, "invalid", message, pointer);
    }

    public static Refusal notFound(String what, String name) {
        return of(Kind.NOT_FOUND, "not-found", "There is no " + what + " \"" + name + "\".");
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /** Where in the input the fault lies (RFC 6901), empty when that means nothing. */
    public String pointer() {
        return pointer;
    }
}
