package org.latchkey.oauth;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/**
 * Lets applications in the browser call the endpoints that are for them from their own origin (Fetch Standard, 3.2): the origins
 * of redirect URIs that are registered with this server, and no others. No cookies go along.
 */
final class Cors {

    private static final Set<String> OPEN = Set.of("/token", "/userinfo", "/revoke", "/par");

    private final Predicate<String> isKnown;

    /** @param isKnown whether an origin is one of a registered client */
    Cors(Predicate<String> isKnown) {
        this.isKnown = isKnown;
    }

    /** Answers a request, or the question of a browser whether it may send one. */
    interface Next {
        Optional<Response> answer(Request request) throws IOException;
    }

    Optional<Response> around(Request request, Next next) throws IOException {
        Optional<String> origin = request.header("Origin");
        if (origin.isEmpty() || !OPEN.contains(request.path())) {
            return next.answer(request);
        }
        boolean known = isKnown.test(origin.get());
        boolean asks = request.method().equals("OPTIONS")
                && request.header("Access-Control-Request-Method").isPresent();
        if (known && asks) {
            return Optional.of(allowed(Response.empty(204), origin.get())
                    .withHeader("Access-Control-Allow-Methods", "GET, POST")
                    .withHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP")
                    .withHeader("Access-Control-Max-Age", "600"));
        }
        Optional<Response> answer = next.answer(request);
        return answer.map(each -> known ? allowed(each, origin.get()) : each.withHeader("Vary", "Origin"));
    }

    private static Response allowed(Response answer, String origin) {
        return answer.withHeader("Access-Control-Allow-Origin", origin)
                .withHeader("Access-Control-Expose-Headers", "WWW-Authenticate, DPoP-Nonce")
                .withHeader("Vary", "Origin");
    }
}
