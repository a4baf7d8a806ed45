package org.latchkey.directory;

import java.util.Optional;
import org.latchkey.api.Entity;
import org.latchkey.api.service.Directory.Standing;

/**
 * An entity as it is stored: with the hash of its secret, which leaves this bundle for the store alone.
 *
 * @param era counts the changes of the secret and the locks, which end what was given out before
 */
record Account(Entity entity, Optional<SecretHash> secret, long era) {

    /** In its first era. */
    Account(Entity entity, Optional<SecretHash> secret) {
        this(entity, secret, 0);
    }

    Account with(Entity changed) {
        return new Account(changed, secret, era);
    }

    /** Whether an attempt judged by this account may be believed by that later one. */
    boolean provesTheSameAs(Account later) {
        return !later.entity().locked() && secret.equals(later.secret());
    }

    /** The same after this one, in the next era if it is newly locked. */
    Account after(Account before) {
        boolean isNewlyLocked = entity.locked() && !before.entity().locked();
        return new Account(entity, secret, before.era() + (isNewlyLocked ? 1 : 0));
    }

    Account inNextEra() {
        return new Account(entity, secret, era + 1);
    }

    Standing standing() {
        return new Standing(entity.number(), entity.locked(), era);
    }
}
