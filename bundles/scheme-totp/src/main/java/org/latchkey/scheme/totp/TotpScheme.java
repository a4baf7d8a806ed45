package org.latchkey.scheme.totp;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Scheme;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One-time passwords of an app (RFC 6238) as a further proof. */
@Component(
        property = {
            Scheme.NAME + "=" + TotpScheme.SCHEME,
            Scheme.TITLE + "=scheme.totp",
            Scheme.SETUP + "=/" + TotpEndpoint.NAME
        })
public final class TotpScheme implements Scheme {

    static final String SCHEME = "totp";
    static final Proof PROOF = new Proof(Set.of("otp"));

    private final Accounts accounts;

    @Activate
    public TotpScheme(@Reference Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public State state(Claimant claimant) {
        return accounts.of(claimant.id()).isRegistered() ? State.REGISTERED : State.AVAILABLE;
    }

    @Override
    public Challenge challenge(Claimant claimant) {
        return new Challenge("scheme.totp.prompt", Input.CODE);
    }

    @Override
    public Optional<Proof> verify(Claimant claimant, Secret answer) {
        return accounts.verify(claimant.id(), text(answer)) ? Optional.of(PROOF) : Optional.empty();
    }

    static String text(Secret answer) {
        return String.valueOf(answer.chars());
    }
}
