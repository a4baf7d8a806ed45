package org.latchkey.api.proc;

import java.util.OptionalInt;

/**
 * How a run ended.
 *
 * @param exitCode of its program, if there is one
 * @param reason one sentence for whoever had it run; empty if there is no more to say
 */
public record Ending(Kind kind, OptionalInt exitCode, String reason) {

    /** What kind of end it is. */
    public enum Kind {
        /** Its program ended with 0. */
        SUCCEEDED,
        /** Its program ended with anything else, or could not be begun after all. */
        FAILED,
        /** It was stopped because somebody wanted it. */
        STOPPED,
        /** It took longer than it may. */
        TIMED_OUT,
        /** What became of it cannot be known. */
        LOST
    }

    /** By the exit code of its program. */
    public static Ending exited(int code) {
        return new Ending(
                code == 0 ? Kind.SUCCEEDED : Kind.FAILED, OptionalInt.of(code), code == 0 ? "" : "exit code " + code);
    }

    public static Ending of(Kind kind, String reason) {
        return new Ending(kind, OptionalInt.empty(), reason);
    }
}
