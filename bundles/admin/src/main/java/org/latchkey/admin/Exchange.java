package org.latchkey.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.http.Request;

/**
 * One request on its way to its handler.
 *
 * @param request as it came
 * @param principal whose token it carries; {@link #ANONYMOUS} on public routes
 * @param arguments what stands at the places of the route's template, in order
 */
record Exchange(Request request, Principal principal, List<String> arguments) {

    static final Principal ANONYMOUS = new Principal("anonymous", "", Set.of(), Set.of());

    private static final List<String> PROXY_HEADERS =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    String argument(int index) {
        return arguments.get(index);
    }

    Caller caller() {
        boolean forwarded =
                PROXY_HEADERS.stream().anyMatch(name -> request.header(name).isPresent());
        return new Caller(principal.id(), principal.capabilities(), request.id(), request.address(), forwarded);
    }

    /** The JSON body, which may have these members and no others; to be closed. */
    Fields body(String... members) throws IOException {
        return Fields.of(request, Set.of(members));
    }

    /**
     * The JSON body of a change, which may have these members and no others; to be closed.
     *
     * @param elsewhere members that are there but not changed in this way, and why
     */
    Fields patch(Map<String, String> elsewhere, String... members) throws IOException {
        return Fields.of(request, Set.of(members), elsewhere);
    }
}
