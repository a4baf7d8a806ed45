package org.latchkey.web.page;

import java.util.List;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.http.Request;

/** Who asks for a page. */
final class Callers {

    private static final List<String> PROXY_HEADERS =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    private Callers() {}

    /** Somebody of whom nothing is known yet but where the request came from, and whether by way of a proxy. */
    static Caller anonymous(Request request) {
        return new Caller("anonymous", Set.of(), request.id(), request.address(), isForwarded(request));
    }

    private static boolean isForwarded(Request request) {
        return PROXY_HEADERS.stream().anyMatch(name -> request.header(name).isPresent());
    }
}
