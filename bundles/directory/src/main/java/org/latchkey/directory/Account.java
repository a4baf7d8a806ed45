package org.latchkey.directory;

import java.util.Optional;
import org.latchkey.api.Entity;

/** An entity as it is stored: with the hash of its secret, which leaves this bundle for the store alone. */
record Account(Entity entity, Optional<Phc> secret) {

    Account with(Entity changed) {
        return new Account(changed, secret);
    }

    /** Whether an attempt judged by this account may be believed by that later one. */
    boolean provesTheSameAs(Account later) {
        String mine = secret.map(Phc::format).orElse("");
        return !later.entity().locked()
                && mine.equals(later.secret().map(Phc::format).orElse(""));
    }
}
