package org.latchkey.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import java.util.List;
import org.latchkey.api.store.Store;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorize.Consents;
import org.latchkey.oauth.client.Once;
import org.latchkey.oauth.client.StoredClients;
import org.latchkey.oauth.key.Seal;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.par.PushedRequests;
import org.latchkey.oauth.token.RevokedTokens;

/** What an instance keeps in the store. */
record Holdings(
        String mount,
        Store store,
        SigningKeys keys,
        Authorizations authorizations,
        RevokedTokens revoked,
        PushedRequests pushed,
        StoredClients clients,
        Consents consents,
        Once once) {

    static Holdings of(Surroundings around, String mount, List<JWSAlgorithm> algorithms, Clock clock) {
        Store store = around.store();
        Telling telling = new Telling(store, around.outbox(), mount);
        Authorizations authorizations = new Authorizations(store, telling, mount, clock);
        return new Holdings(
                mount,
                store,
                new SigningKeys(store, mount, algorithms, around.provider(), clock),
                authorizations,
                new RevokedTokens(store, telling, mount, clock),
                new PushedRequests(store, mount, clock),
                new StoredClients(store, authorizations::endOfClient, telling),
                new Consents(store, mount, clock),
                new Once(store, clock));
    }

    /** A key of the store for one purpose. */
    Seal seal(String purpose) {
        return new Seal(store, mount, purpose);
    }

    /** Takes away what has expired. */
    void sweep() {
        authorizations.sweep();
        revoked.sweep();
        pushed.sweep();
        keys.tidy();
    }
}
