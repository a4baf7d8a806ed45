package org.latchkey.api.http;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A small web application, mounted at {@code /<latchkey.mount>/} while its service is registered. What it serves at
 * {@code /.well-known/NAME} below is also found at {@code /.well-known/NAME/<latchkey.mount>} (RFC 8414, 3.1).
 */
@ConsumerType
@FunctionalInterface
public interface Endpoint {

    /** Service property: the one path segment to serve; names of the core are reserved. */
    String MOUNT = "latchkey.mount";

    /** Answers a request; a {@link org.latchkey.api.Refusal} becomes a problem document (RFC 9457). */
    Response handle(Request request) throws IOException;
}
