package org.latchkey.oauth.client;

import java.io.IOException;
import java.net.URI;

/**
 * Fetches what clients publish: keys at a {@code jwks_uri}, redirect URIs at a {@code sector_identifier_uri}. The address comes
 * from whoever registered the client, so an implementation must not reach inside the operator's network, must not follow
 * redirects, and must bound time and size.
 */
@FunctionalInterface
public interface Documents {

    /** The body of the document; what cannot be fetched, or should not be, ends in an exception that says why. */
    String fetch(URI uri) throws IOException;
}
