package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.Notice;

/** What the steps of an operation on an entity hand on to one another. */
final class EntityWork {

    final Caller caller;
    final Hooks hooks;
    final String id;
    final Optional<Secret> secret;

    /** The account as it is stored; absent while it does not exist. */
    Optional<Account> stored = Optional.empty();

    /** The entity as it shall be. */
    Entity entity;

    /** How groups depend on one another, as the operation found it. */
    GroupGraph graph = GroupGraph.EMPTY;

    Optional<SecretHash> hash = Optional.empty();

    /** The number that was allocated for it, to be given back if the change is refused; else 0. */
    long allocated;

    /** What notifiers shall be told once the change is stored. */
    final List<Notice> notices = new ArrayList<>();

    EntityWork(Caller caller, Hooks hooks, Entity entity, Optional<Secret> secret) {
        this.caller = caller;
        this.hooks = hooks;
        this.id = entity.id();
        this.entity = entity;
        this.secret = secret;
    }

    boolean isOfAnother() {
        return !caller.id().equals(id);
    }

    boolean isNew() {
        return stored.isEmpty();
    }

    boolean isUpdate() {
        return !isNew() && isChanged();
    }

    /** Whether the change is one to locked or to unlocked. */
    boolean turns(boolean locked) {
        return entity.locked() == locked && before().locked() != locked;
    }

    boolean hasSecret() {
        return secret.isPresent();
    }

    /** Whether the entity is another than the stored one: asking for what is so already tells nobody. */
    boolean isChanged() {
        return stored.map(Account::entity)
                .filter(before -> before.equals(entity) && hash.isEmpty())
                .isEmpty();
    }

    /** The entity as it is stored, or with nothing but its name while it is not. */
    Entity before() {
        return stored.map(Account::entity).orElse(Entity.named(id));
    }

    /** The account as it shall be; a new secret begins another era, and so does a lock. */
    Account account() {
        if (stored.isEmpty()) {
            return new Account(entity, hash);
        }
        Account before = stored.get();
        Account after = new Account(entity, hash.or(before::secret)).after(before);
        return hash.isEmpty() || hash.equals(before.secret()) ? after : after.inNextEra();
    }

    Change<Entity> changeWithSecret() {
        return new Change<>(caller, stored.map(Account::entity), secret);
    }

    Change<Entity> change() {
        return new Change<>(caller, stored.map(Account::entity), Optional.empty());
    }
}
