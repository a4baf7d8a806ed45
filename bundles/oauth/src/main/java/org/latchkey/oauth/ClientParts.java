package org.latchkey.oauth;

import java.time.Clock;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.client.ClientDemands;
import org.latchkey.oauth.client.ClientKeys;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.dpop.Nonces;
import org.latchkey.oauth.dpop.Proofs;
import org.latchkey.oauth.mtls.MutualTls;
import org.latchkey.oauth.requestobject.RequestObjects;

/** How an instance knows its clients, and what they prove. */
record ClientParts(
        Clients all, ClientAuthentication authentication, RequestObjects objects, MutualTls tls, Proofs proofs) {

    static ClientParts of(Issuer issuer, Settings settings, Holdings holdings, Surroundings around, Clock clock) {
        ClientDemands demands = settings.security().clients();
        Clients all = new Clients(around.points(), holdings.clients(), holdings.mount());
        ClientKeys keys = new ClientKeys(around.documents(), clock);
        return new ClientParts(
                all,
                new ClientAuthentication(all, issuer, keys, holdings.once(), demands, clock),
                new RequestObjects(issuer, demands.algorithms(), keys, clock),
                new MutualTls(around.certificates(), issuer, clock),
                new Proofs(
                        issuer,
                        demands.algorithms(),
                        settings.security().nonces(),
                        new Nonces(holdings.seal(Nonces.PURPOSE), clock),
                        holdings.once(),
                        clock));
    }
}
