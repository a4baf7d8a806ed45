package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Entity;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** Accounts in the store: found by id, by number and by the groups they are in. */
final class Accounts {

    static final String KIND = "entity";
    static final String NUMBER = "number";
    private static final String GROUP = "group";

    private final Store store;

    Accounts(Store store) {
        this.store = store;
    }

    Optional<Account> find(String id) {
        return store.get(KIND, id).map(Codec::account);
    }

    List<Entity> startingWith(String prefix, String after, int limit) {
        return store.list(KIND, prefix, after, limit).stream()
                .map(item -> Codec.account(item).entity())
                .toList();
    }

    List<Account> page(String after, int limit) {
        return store.list(KIND, "", after, limit).stream().map(Codec::account).toList();
    }

    /** Whose number it is. */
    Optional<String> withNumber(long number) {
        return store.find(KIND, NUMBER, Index.uniqueNumber(NUMBER, number).value(), "", 1).stream()
                .map(Item::key)
                .findFirst();
    }

    List<Account> inGroup(String group, String after, int limit) {
        return store.find(KIND, GROUP, group, after, limit).stream()
                .map(Codec::account)
                .toList();
    }

    /** Stores the account as the next version of the one it was made from. */
    static Write put(Account account) {
        Entity entity = account.entity();
        List<Index> indexes = new ArrayList<>();
        indexes.add(Index.uniqueNumber(NUMBER, entity.number()));
        entity.groups().forEach(group -> indexes.add(new Index(GROUP, group, false)));
        return new Write.Put(new Item(KIND, entity.id(), entity.version(), Codec.body(account), indexes));
    }

    static Write delete(Entity entity) {
        return new Write.Delete(KIND, entity.id(), entity.version());
    }
}
