package org.latchkey.api.kernel;

/** A plugin broke its contract: it threw something other than a refusal, was late, or answered nonsense. */
public final class PluginFault extends RuntimeException {

    /** What is wrong with the plugin. */
    public enum Kind {
        /** It threw, or what it answered cannot be used. */
        FAILED,
        /** It did not answer in time. */
        LATE,
        /** It was not called, since it has as many calls as it may have at once. */
        BUSY,
        /** It was not called, since it is in quarantine. */
        QUARANTINED
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** A plugin that {@link Kind#FAILED}. */
    public PluginFault(String message, Throwable cause) {
        this(Kind.FAILED, message, cause);
    }

    /** The message names the plugin and is for the operator, not for the caller. */
    public PluginFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
