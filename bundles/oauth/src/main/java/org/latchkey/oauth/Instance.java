package org.latchkey.oauth;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.token.Inspection;
import org.latchkey.oauth.token.PluginGrants;
import org.latchkey.oauth.token.Scopes;

/** An instance as the grants of plugins see it. */
final class Instance implements Grant.Instance {

    private static final long LONGEST_FORM = 64 * 1024;

    private final Issuer issuer;
    private final Settings settings;
    private final Clients clients;
    private final ClientAuthentication authentication;
    private final Inspection inspection;

    Instance(
            Issuer issuer,
            Settings settings,
            Clients clients,
            ClientAuthentication authentication,
            Inspection inspection) {
        this.issuer = issuer;
        this.settings = settings;
        this.clients = clients;
        this.authentication = authentication;
        this.inspection = inspection;
    }

    @Override
    public String issuer() {
        return issuer.url();
    }

    @Override
    public String path() {
        return "/" + issuer.mount();
    }

    @Override
    public Grant.TokenRequest authenticated(Request request) throws IOException {
        try {
            Parameters parameters = Parameters.of(form(request));
            return PluginGrants.asked(this, authentication.authenticate(request, parameters), parameters, request);
        } catch (Refused refused) {
            throw refusal(refused);
        }
    }

    private static Map<String, List<String>> form(Request request) throws IOException, Refused {
        try {
            return request.form(LONGEST_FORM);
        } catch (Refusal refusal) {
            throw Refused.of("invalid_request", refusal.getMessage());
        }
    }

    private static Refusal refusal(Refused refused) {
        Refusal.Kind kind =
                switch (refused.status()) {
                    case 401 -> Refusal.Kind.UNAUTHENTICATED;
                    case 503 -> Refusal.Kind.UNAVAILABLE;
                    default -> Refusal.Kind.INVALID;
                };
        return Refusal.of(kind, refused.error(), refused.getMessage());
    }

    @Override
    public Optional<Client> client(String id) {
        return clients.find(id).map(RegisteredClient::client);
    }

    @Override
    public Set<String> scope(Client client, Optional<String> asked) {
        RegisteredClient registered = new RegisteredClient(client);
        Set<String> wanted = asked.map(Scopes::words).orElse(Set.of());
        for (String each : wanted) {
            if (!settings.offers(each)
                    || registered
                            .scope()
                            .filter(allowed -> !allowed.contains(each))
                            .isPresent()) {
                throw Refusal.of(Refusal.Kind.INVALID, "invalid_scope", "The client may not have this scope.");
            }
        }
        return wanted;
    }

    @Override
    public Optional<Map<String, Object>> inspect(String token) {
        return inspection.good(token).map(Inspection.Good::told);
    }
}
