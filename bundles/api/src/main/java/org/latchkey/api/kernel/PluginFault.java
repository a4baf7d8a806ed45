package org.latchkey.api.kernel;

/** A plugin broke its contract: it threw something other than a refusal, was late, or answered nonsense. */
public final class PluginFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message names the plugin and is for the operator, not for the caller. */
    public PluginFault(String message, Throwable cause) {
        super(message, cause);
    }
}
