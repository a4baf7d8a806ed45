package org.latchkey.procs.access;

import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.http.Request;

/** Callers of requests. */
public final class Callers {

    private Callers() {}

    public static Caller of(Request request, String id, Set<Capability> capabilities) {
        return new Caller(id, capabilities, request.id(), request.address(), isForwarded(request));
    }

    /** Whether a proxy says that it passed the request on. */
    static boolean isForwarded(Request request) {
        return request.header("X-Forwarded-For").isPresent()
                || request.header("Forwarded").isPresent();
    }
}
