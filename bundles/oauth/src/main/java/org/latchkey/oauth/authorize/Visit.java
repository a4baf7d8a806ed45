package org.latchkey.oauth.authorize;

import org.latchkey.api.http.Request;

/** One visit of the browser for a request. */
record Visit(Request http, Interaction interaction, AuthorizeRequest request) {

    Visit with(AuthorizeRequest other) {
        return new Visit(http, interaction, other);
    }
}
