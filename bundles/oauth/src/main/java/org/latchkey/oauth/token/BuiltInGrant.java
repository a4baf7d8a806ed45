package org.latchkey.oauth.token;

import java.util.Map;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.RegisteredClient;

/** A grant of the server's own. */
interface BuiltInGrant {

    /** Judges a request of a client that is authenticated and registered for the grant; gives the answer. */
    Map<String, Object> answer(RegisteredClient client, Parameters parameters) throws Refused;
}
