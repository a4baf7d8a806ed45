package org.latchkey.directory;

import java.util.Optional;
import org.latchkey.api.Entity;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.service.Receipt;

/** What the steps of a sign-in hand on to one another. */
final class SignInWork {

    final Attempt attempt;
    final Hooks hooks;
    private final Optional<Secret> secret;

    /** The account as it was when the sign-in began. */
    Account loaded;

    /** The entity as the hooks made it; stored only if the sign-in succeeds. */
    Entity entity;

    /** A new hash of the same secret, if the old one was made with another cost. */
    Optional<SecretHash> rehashed = Optional.empty();

    /** Whether the work of a hash was done, so that no answer is quicker than another. */
    boolean hashed;

    /** Whether hooks were asked, so that they also hear of a failure. */
    boolean hooked;

    /** What the receipt says of it. */
    String outcome = Receipt.OK;

    SignInWork(Attempt attempt, Hooks hooks) {
        this(attempt, hooks, Optional.of(attempt.secret().orElseThrow()));
    }

    private SignInWork(Attempt attempt, Hooks hooks, Optional<Secret> secret) {
        this.attempt = attempt;
        this.secret = secret;
        this.hooks = hooks;
    }

    /** Of somebody who is vouched for. */
    static SignInWork withoutSecret(Attempt attempt, Hooks hooks) {
        return new SignInWork(attempt, hooks, Optional.empty());
    }

    Secret secret() {
        return secret.orElseThrow();
    }

    boolean hasSecret() {
        return secret.isPresent();
    }

    boolean isRoot() {
        return attempt.id().equals(EntitySteps.ROOT);
    }

    boolean isNotRoot() {
        return !isRoot();
    }

    boolean isKnown() {
        return loaded != null;
    }

    boolean isHooked() {
        return hooked;
    }

    boolean isNotHashed() {
        return !hashed && hasSecret();
    }
}
