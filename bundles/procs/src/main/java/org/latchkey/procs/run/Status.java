package org.latchkey.procs.run;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.api.proc.Ending;

/** Where a run stands. It is stored before it is shown, and once it has ended it stays as it is. */
public enum Status {
    /** It is stored and is handed to its executor. */
    CREATED,
    RUNNING,
    /** Its program ended with 0. */
    SUCCEEDED,
    /** Its program ended with anything else. */
    FAILED,
    /** Somebody stopped it. */
    STOPPED,
    /** It took longer than it may. */
    TIMED_OUT,
    /** What became of it cannot be known. */
    LOST,
    /** It was not begun: a secret that it declares is not stored, or its executor is not there. */
    REQUIREMENT_NOT_MET,
    /** It was not begun: its executor would not. */
    CREATION_FAILED;

    public boolean hasEnded() {
        return this != CREATED && this != RUNNING;
    }

    static Status of(Ending.Kind kind) {
        return switch (kind) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case STOPPED -> STOPPED;
            case TIMED_OUT -> TIMED_OUT;
            case LOST -> LOST;
        };
    }

    /** The status of that name in any case, if there is one. */
    public static Optional<Status> named(String name) {
        return Stream.of(values())
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
