package org.latchkey.directory;

import java.util.Optional;
import org.latchkey.api.Entity;

/** An entity as it is stored: with the hash of its secret, which leaves this bundle for the store alone. */
record Account(Entity entity, Optional<SecretHash> secret) {

    Account with(Entity changed) {
        return new Account(changed, secret);
    }

    /** Whether an attempt judged by this account may be believed by that later one. */
    boolean provesTheSameAs(Account later) {
        return !later.entity().locked() && secret.equals(later.secret());
    }
}
