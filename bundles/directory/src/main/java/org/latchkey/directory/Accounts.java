package org.latchkey.directory;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Entity;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.directory.search.EntityFields;

/** Accounts in the store: found by id, by the groups they are in, and by what a search can look up. */
final class Accounts {

    static final String KIND = EntityFields.KIND;
    static final String NUMBER = EntityFields.NUMBER;

    private final Store store;

    Accounts(Store store) {
        this.store = store;
    }

    Optional<Account> find(String id) {
        return store.get(KIND, id).map(Codec::account);
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
        return store.find(KIND, EntityFields.GROUP, group, after, limit).stream()
                .map(Codec::account)
                .toList();
    }

    /** Stores the account as the next version of the one it was made from. */
    static Write put(Account account) {
        Entity entity = account.entity();
        return new Write.Put(
                new Item(KIND, entity.id(), entity.version(), Codec.body(account), EntityFields.indexes(entity)));
    }

    static Write delete(Entity entity) {
        return new Write.Delete(KIND, entity.id(), entity.version());
    }
}
