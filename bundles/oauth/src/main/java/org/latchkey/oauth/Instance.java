package org.latchkey.oauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.Grant;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.token.Inspection;

/** An instance as the grants of plugins see it. */
final class Instance implements Grant.Instance {

    private final Issuer issuer;
    private final Settings settings;
    private final ClientAuthentication authentication;
    private final Inspection inspection;

    Instance(Issuer issuer, Settings settings, ClientAuthentication authentication, Inspection inspection) {
        this.issuer = issuer;
        this.settings = settings;
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
    public Client authenticated(Request request, Map<String, List<String>> form) {
        try {
            return authentication.authenticate(request, Parameters.of(form)).client();
        } catch (Refused refused) {
            Refusal.Kind kind = refused.status() == 401 ? Refusal.Kind.UNAUTHENTICATED : Refusal.Kind.INVALID;
            throw Refusal.of(kind, refused.error(), refused.getMessage());
        }
    }

    @Override
    public Set<String> scope(Client client, Optional<String> asked) {
        RegisteredClient registered = new RegisteredClient(client);
        Set<String> wanted = asked.map(org.latchkey.oauth.token.Scopes::words).orElse(Set.of());
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
        return inspection.good(token).map(Inspection.Good::claims);
    }
}
