package org.latchkey.oauth.authorize;

import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.RegisteredClient;

/** Finds where the answer to a request may go. */
final class Destinations {

    private final Issuer issuer;
    private final SignedAnswers signed;

    Destinations(Issuer issuer, SignedAnswers signed) {
        this.issuer = issuer;
        this.signed = signed;
    }

    /** Of a request, whatever else is wrong with it. A mode that does not fit makes way for the usual one. */
    Destination of(RegisteredClient client, Parameters parameters) throws Refused {
        String uri = parameters.require("redirect_uri");
        if (!client.hasRedirectUri(uri)) {
            throw Refused.of("invalid_request", "The redirect_uri is not one that the client is registered with.");
        }
        String type = RegisteredClient.sorted(parameters.get("response_type").orElse("code"));
        ResponseMode mode = parameters
                .get("response_mode")
                .flatMap(asked -> ResponseMode.of(asked, type))
                .filter(asked -> asked.fits(type))
                .orElse(ResponseMode.usual(type));
        return new Destination(uri, mode, parameters.get("state"), issuer.url(), answer -> signed.of(client, answer));
    }
}
