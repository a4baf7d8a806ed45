package org.latchkey.procs.notice;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.latchkey.api.extension.Notice;

/** The types of notices of procs, and how one is made. What each says is in {@link Catalogue}. */
public final class Notices {

    /** Proctor's one event, for its readers: at the beginning of a run. */
    public static final String EXECUTION_EVENT = "EXECUTION_EVENT";

    public static final String CREATED = "execution.created";
    public static final String STARTED = "execution.started";
    public static final String SUCCEEDED = "execution.succeeded";
    public static final String FAILED = "execution.failed";
    public static final String STOPPED = "execution.stopped";
    public static final String DENIED = "execution.denied";
    public static final String PROC_CHANGED = "proc.changed";
    public static final String PROC_REMOVED = "proc.removed";
    public static final String SECRET_CHANGED = "proc.secret-changed";

    private Notices() {}

    public static Notice of(String type, String actor, Map<String, String> content) {
        return new Notice(UUID.randomUUID().toString(), type, Instant.now(), actor, content);
    }
}
