package org.latchkey.oauth.authorize;

import java.util.List;
import java.util.Map;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.Seal;

/** What the pages that people are shown for a request are for, and what comes back with their forms. */
final class Purposes {

    private final Issuer issuer;
    private final Seal seal;

    Purposes(Issuer issuer, Seal seal) {
        this.issuer = issuer;
        this.seal = seal;
    }

    /** Somebody signs in. */
    SignIn.Purpose ofSignIn(Visit visit) {
        return of(visit, "/login", visit.interaction());
    }

    /** Somebody who is signed in proves more. */
    SignIn.Purpose ofProof(Visit visit, Session session) {
        return of(visit, "/proof", visit.interaction().of(session));
    }

    private SignIn.Purpose of(Visit visit, String at, Interaction interaction) {
        RegisteredClient client = visit.request().client();
        return new SignIn.Purpose(
                issuer.path(at),
                Map.of(Interaction.FIELD, interaction.sealed(seal)),
                client.client().name(),
                client.client().text("theme").orElse(""),
                List.of(visit.request().where().origin()),
                Consent.hints(visit.request()));
    }
}
