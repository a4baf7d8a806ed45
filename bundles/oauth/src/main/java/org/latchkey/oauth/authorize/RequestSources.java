package org.latchkey.oauth.authorize;

import java.util.Optional;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.par.PushedRequests;

/** Where the parameters of a request are: in the request itself, or in one that was pushed before (RFC 9126). */
final class RequestSources {

    private final Settings settings;
    private final PushedRequests pushed;

    RequestSources(Settings settings, PushedRequests pushed) {
        this.settings = settings;
        this.pushed = pushed;
    }

    /**
     * Of a request that a browser brings. Of one that was pushed nothing else counts, whatever stands beside it (RFC 9101, 5);
     * its {@code request_uri} remains, to be used up in the end.
     */
    Parameters atAuthorize(RegisteredClient client, Parameters said) throws Refused {
        Optional<String> uri = said.get("request_uri");
        if (uri.isPresent() && said.has("request")) {
            throw Refused.of("invalid_request", "There are both request and request_uri.");
        }
        if (uri.filter(each -> each.startsWith(PushedRequests.PREFIX)).isPresent()) {
            return pushed.find(client.id(), uri.get())
                    .orElseThrow(
                            () -> Refused.of("invalid_request_uri", "The request_uri is not good, or not any more."))
                    .with("request_uri", uri.get());
        }
        if (settings.security().pushedOnly() || client.is("require_pushed_authorization_requests")) {
            throw Refused.of("invalid_request", "The request has to be pushed (RFC 9126).");
        }
        if (uri.isPresent()) {
            throw Refused.of("request_uri_not_supported", "Only the request_uri of a pushed request is taken.");
        }
        return said(said);
    }

    /** Of a request that a client pushes. */
    Parameters pushed(RegisteredClient client, Parameters said) throws Refused {
        return said(said);
    }

    private static Parameters said(Parameters said) throws Refused {
        if (said.has("request")) {
            throw Refused.of("request_not_supported", "Request objects are not taken.");
        }
        return said;
    }
}
