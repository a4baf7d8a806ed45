package org.latchkey.admin;

import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;

/**
 * What must be so for a request to be served (RFC 9110, 13.1). There are no entity tags here, so that both headers take
 * {@code *} alone; anything else is refused rather than overlooked.
 */
enum Precondition {
    /** No condition. */
    NONE,
    /** {@code If-Match: *}: something is there. */
    THERE,
    /** {@code If-None-Match: *}: nothing is there. */
    NOT_THERE;

    static Precondition of(Request request) {
        boolean there = isGiven(request, "If-Match");
        boolean notThere = isGiven(request, "If-None-Match");
        if (there && notThere) {
            throw invalid("If-Match and If-None-Match cannot both be met.");
        }
        return there ? THERE : notThere ? NOT_THERE : NONE;
    }

    private static boolean isGiven(Request request, String header) {
        Optional<String> value = request.header(header);
        if (value.isPresent() && !value.get().strip().equals("*")) {
            throw invalid(header + " takes * and nothing else.");
        }
        return value.isPresent();
    }

    private static Refusal invalid(String message) {
        return Refusal.of(Refusal.Kind.INVALID, "invalid", message);
    }

    /** Whether this refusal says that the condition was not met. */
    boolean isFailedBy(Refusal refusal) {
        return switch (this) {
            case NONE -> false;
            case THERE -> refusal.kind() == Refusal.Kind.NOT_FOUND;
            case NOT_THERE -> refusal.kind() == Refusal.Kind.EXISTS;
        };
    }
}
