package org.latchkey.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Well-known addresses of endpoints: {@code /.well-known/NAME/MOUNT} is {@code /MOUNT/.well-known/NAME}, since what has a
 * path in its identifier is described there (RFC 8414, 3.1).
 */
final class WellKnown {

    private static final String MOUNT = ".well-known";
    private static final Pattern BELOW = Pattern.compile("/([a-z0-9-]+)/([^/]+)");

    private WellKnown() {}

    /** The same at the endpoint's own mount, if the path is of that form. */
    static Optional<RequestPath> ofEndpoint(RequestPath path) {
        Matcher below = BELOW.matcher(path.below());
        return path.mount().equals(MOUNT) && below.matches()
                ? Optional.of(new RequestPath(below.group(2), "/" + MOUNT + "/" + below.group(1)))
                : Optional.empty();
    }
}
