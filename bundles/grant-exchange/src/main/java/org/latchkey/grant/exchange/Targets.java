package org.latchkey.grant.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.oauth.Grant.TokenRequest;

/** Where the new token is to be used (RFC 8693, 2.1; RFC 8707): only where the client's {@value #ALLOWED} say. */
final class Targets {

    /** The member of the client's metadata; without it nothing is allowed. */
    static final String ALLOWED = "exchange_audiences";

    private static final int MOST = 10;

    private Targets() {}

    static List<String> of(TokenRequest request) {
        request.texts("resource").forEach(Targets::requireUri);
        List<String> wanted = new ArrayList<>(request.texts("resource"));
        wanted.addAll(request.texts("audience"));
        if (wanted.isEmpty()) {
            throw Errors.invalidRequest("A resource or an audience has to be said.");
        }
        if (wanted.size() > MOST || !request.client().texts(ALLOWED).containsAll(wanted)) {
            throw Errors.invalidTarget("The client may not have a token for this.");
        }
        return wanted.stream().distinct().toList();
    }

    private static void requireUri(String resource) {
        try {
            URI uri = new URI(resource);
            if (!uri.isAbsolute() || uri.getRawFragment() != null) {
                throw Errors.invalidTarget("A resource has to be an absolute URI without a fragment.");
            }
        } catch (URISyntaxException malformed) {
            throw Errors.invalidTarget("A resource has to be an absolute URI without a fragment.");
        }
    }
}
