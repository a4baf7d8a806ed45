package org.latchkey.oauth.token;

import java.util.Map;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;

/** A grant of the server's own. */
interface BuiltInGrant {

    /**
     * Judges a request of a client that is authenticated and registered for the grant; gives the answer.
     *
     * @param binding what tokens are to be bound to
     */
    Map<String, Object> answer(RegisteredClient client, Parameters parameters, Binding binding) throws Refused;
}
