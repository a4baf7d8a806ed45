package org.latchkey.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.store.Store;
import org.latchkey.oauth.client.ClientAudit;
import org.latchkey.oauth.client.ClientsEndpoint;
import org.latchkey.oauth.client.Documents;
import org.latchkey.oauth.client.Offer;
import org.latchkey.oauth.client.Operators;
import org.latchkey.oauth.client.SectorIdentifier;
import org.latchkey.oauth.client.StoredClients;
import org.latchkey.oauth.mtls.MutualTls;
import org.latchkey.oauth.registration.Admission;
import org.latchkey.oauth.registration.InitialTokens;
import org.latchkey.oauth.registration.InitialTokensEndpoint;
import org.latchkey.oauth.registration.Registration;
import org.latchkey.oauth.registration.RegistrationEndpoint;

/** How clients come and go: by operators, and by themselves. */
final class Registrations {

    private final ClientsEndpoint clients;
    private final InitialTokensEndpoint initialTokens;
    private final RegistrationEndpoint registration;

    /** @param offer what may be registered at this moment */
    Registrations(
            Issuer issuer,
            Store store,
            StoredClients stored,
            Supplier<Offer> offer,
            Documents documents,
            Admission admission,
            Tokens tokens,
            Audit audit,
            Clock clock) {
        SectorIdentifier sectors = new SectorIdentifier(documents);
        Operators operators = new Operators(tokens);
        ClientAudit told = new ClientAudit(audit, issuer.mount());
        InitialTokens initial = new InitialTokens(store, issuer.mount(), clock);
        this.clients = new ClientsEndpoint(stored, issuer, offer, sectors, operators, told, clock);
        this.initialTokens = new InitialTokensEndpoint(initial, operators, told, clock);
        this.registration = new RegistrationEndpoint(
                new Registration(stored, issuer, offer, sectors, admission, initial, told, clock));
    }

    /** Nothing if the path is not about clients. */
    Optional<Response> answer(Request request) throws IOException {
        String path = request.path();
        if (path.equals(InitialTokensEndpoint.PATH)) {
            return Optional.of(initialTokens.handle(request));
        }
        if (isAt(path, ClientsEndpoint.PATH)) {
            return Optional.of(clients.handle(request));
        }
        return isAt(path, RegistrationEndpoint.PATH) ? Optional.of(registration.handle(request)) : Optional.empty();
    }

    private static boolean isAt(String path, String place) {
        return path.equals(place) || path.startsWith(place + "/");
    }

    /** What an instance lets clients register. */
    static Offer offer(
            Issuer issuer,
            Settings settings,
            MutualTls tls,
            Set<String> grantTypes,
            List<JWSAlgorithm> algorithms,
            Set<String> requestAlgorithms) {
        Set<String> grants = new TreeSet<>(grantTypes);
        grants.add("implicit"); // OpenID Connect Registration, 2: what id tokens at the authorization endpoint need
        return new Offer(
                issuer,
                settings.allScopes(),
                grants,
                settings.responseTypes(),
                Set.copyOf(settings.authMethods(tls)),
                Set.of("public", "pairwise"),
                algorithms,
                requestAlgorithms);
    }
}
