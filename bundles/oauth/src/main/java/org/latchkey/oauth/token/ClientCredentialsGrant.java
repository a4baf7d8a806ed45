package org.latchkey.oauth.token;

import java.util.Map;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;

/** The client credentials grant (RFC 6749, 4.4): a token for the client itself. */
final class ClientCredentialsGrant implements BuiltInGrant {

    static final String TYPE = "client_credentials";

    private final Settings settings;
    private final Scopes scopes;
    private final TokenAnswers answers;

    ClientCredentialsGrant(Settings settings, Scopes scopes, TokenAnswers answers) {
        this.settings = settings;
        this.scopes = scopes;
        this.answers = answers;
    }

    @Override
    public Map<String, Object> answer(RegisteredClient client, Parameters parameters, Binding binding) throws Refused {
        if (client.isPublic()) {
            throw Refused.of("unauthorized_client", "A public client cannot act for itself.");
        }
        return answers.forItself(
                client,
                new TokenAnswers.Wish(
                        scopes.ofClient(client, parameters.get("scope")),
                        Audience.within(client.client().texts("resources"), parameters.all("resource")),
                        settings.accessToken(),
                        Map.of(),
                        binding));
    }
}
