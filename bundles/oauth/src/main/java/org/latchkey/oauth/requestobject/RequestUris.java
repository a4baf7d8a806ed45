package org.latchkey.oauth.requestobject;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.Documents;
import org.latchkey.oauth.client.RegisteredClient;

/**
 * Fetches request objects from where clients keep them (RFC 9101, 5.2.2; OpenID Connect Core, 6.2): from an https address that
 * stands in {@code request_uris} of the client, as it stands there. No request can make this server ask any other address.
 */
public final class RequestUris {

    private final Documents documents;

    /** @param documents fetches; it must not reach inside the operator's network, and must bound time and size */
    public RequestUris(Documents documents) {
        this.documents = documents;
    }

    /**
     * The object at an address.
     *
     * @throws Refused {@code invalid_request_uri}
     */
    public String fetched(RegisteredClient client, String uri) throws Refused {
        if (!client.client().texts("request_uris").contains(uri)) {
            throw Refused.of("invalid_request_uri", "The request_uri is not one that the client is registered with.");
        }
        try {
            URI address = new URI(uri);
            if (!"https".equals(address.getScheme()) || address.getHost() == null) {
                throw Refused.of("invalid_request_uri", "A request_uri is an https address.");
            }
            return documents
                    .fetch(new URI("https", address.getRawSchemeSpecificPart(), null))
                    .strip();
        } catch (URISyntaxException malformed) {
            throw Refused.of("invalid_request_uri", "A request_uri is an https address.");
        } catch (IOException failed) {
            throw Refused.of("invalid_request_uri", "There is nothing to be had at the request_uri.");
        }
    }
}
