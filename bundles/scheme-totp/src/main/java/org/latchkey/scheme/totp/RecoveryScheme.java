package org.latchkey.scheme.totp;

import java.util.Optional;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Scheme;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Recovery codes as a further proof: of the list that somebody got when they set up their app, each once. */
@Component(
        property = {
            Scheme.NAME + "=" + RecoveryScheme.SCHEME,
            Scheme.TITLE + "=scheme.recovery",
            Scheme.SETUP + "=/" + TotpEndpoint.NAME
        })
public final class RecoveryScheme implements Scheme {

    static final String SCHEME = "recovery";

    private final Accounts accounts;

    @Activate
    public RecoveryScheme(@Reference Accounts accounts) {
        this.accounts = accounts;
    }

    /** Nothing for who has no app: then there is nothing to recover. */
    @Override
    public State state(Claimant claimant) {
        Account account = accounts.of(claimant.id());
        if (!account.isRegistered()) {
            return State.NOT_AVAILABLE;
        }
        return account.recovery().isEmpty() ? State.AVAILABLE : State.REGISTERED;
    }

    @Override
    public Challenge challenge(Claimant claimant) {
        return new Challenge("scheme.recovery.prompt", Input.TEXT);
    }

    /** A one-time password in the words of RFC 8176. */
    @Override
    public Optional<Proof> verify(Claimant claimant, Secret answer) {
        return accounts.recover(claimant.id(), TotpScheme.text(answer))
                ? Optional.of(TotpScheme.PROOF)
                : Optional.empty();
    }
}
