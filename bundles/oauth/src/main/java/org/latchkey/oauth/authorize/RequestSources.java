package org.latchkey.oauth.authorize;

import java.util.Optional;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Security;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.par.PushedRequests;
import org.latchkey.oauth.requestobject.RequestObjects;
import org.latchkey.oauth.requestobject.RequestObjects.Rule;
import org.latchkey.oauth.requestobject.RequestUris;

/**
 * Where the parameters of a request are: in the request itself, in an object that the client made (RFC 9101), or in a request
 * that it pushed before (RFC 9126).
 */
public final class RequestSources {

    private final Security security;
    private final PushedRequests pushed;
    private final RequestObjects objects;
    private final RequestUris uris;

    public RequestSources(Security security, PushedRequests pushed, RequestObjects objects, RequestUris uris) {
        this.security = security;
        this.pushed = pushed;
        this.objects = objects;
        this.uris = uris;
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
        if (security.pushedOnly() || client.is("require_pushed_authorization_requests")) {
            throw Refused.of("invalid_request", "The request has to be pushed (RFC 9126).");
        }
        Optional<String> object = uri.isPresent() ? Optional.of(fetched(client, uri.get())) : said.get("request");
        requireSigned(client, object);
        return object.isPresent() ? beside(said, opened(client, object.get(), said), rule(client)) : said;
    }

    /** Of a request that a client pushes. In an object there are all of them (RFC 9126, 3). */
    Parameters pushed(RegisteredClient client, Parameters said) throws Refused {
        Optional<String> object = said.get("request");
        requireSigned(client, object);
        return object.isPresent() ? opened(client, object.get(), said) : said;
    }

    private Rule rule(RegisteredClient client) {
        return security.signedOnly() || client.is("require_signed_request_object") ? Rule.STRICT : Rule.USUAL;
    }

    private void requireSigned(RegisteredClient client, Optional<String> object) throws Refused {
        if (object.isEmpty() && rule(client) == Rule.STRICT) {
            throw Refused.of("invalid_request", "The request has to be in a signed request object (RFC 9101).");
        }
    }

    private String fetched(RegisteredClient client, String uri) throws Refused {
        if (!security.requestUris()) {
            throw Refused.of("request_uri_not_supported", "Only the request_uri of a pushed request is taken.");
        }
        return uris.fetched(client, uri);
    }

    private Parameters opened(RegisteredClient client, String object, Parameters said) throws Refused {
        Parameters opened = objects.opened(client, object, rule(client));
        Optional<String> type = said.get("response_type");
        if (type.isPresent() && opened.has("response_type") && !type.equals(opened.get("response_type"))) {
            throw Refused.of("invalid_request_object", "The response_type in the request object is another one.");
        }
        return opened;
    }

    /** What stands outside fills in what the object lacks (OpenID Connect Core, 6.1), unless it must be complete. */
    private static Parameters beside(Parameters said, Parameters opened, Rule rule) {
        if (rule == Rule.STRICT) {
            return opened;
        }
        Parameters all = said.without("request").without("request_uri");
        for (String name : opened.asMap().keySet()) {
            all = all.with(name, opened.all(name));
        }
        return all;
    }
}
