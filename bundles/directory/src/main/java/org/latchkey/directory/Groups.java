package org.latchkey.directory;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Group;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** Groups in the store. */
final class Groups {

    static final String KIND = "group";
    static final String NUMBER = "number";

    private final Store store;

    Groups(Store store) {
        this.store = store;
    }

    Optional<Group> find(String name) {
        return store.get(KIND, name).map(Codec::group);
    }

    List<Group> startingWith(String prefix, String after, int limit) {
        return store.list(KIND, prefix, after, limit).stream().map(Codec::group).toList();
    }

    /** Stores the group as the next version of the one it was made from. */
    static Write put(Group group) {
        List<Index> indexes = List.of(Index.uniqueNumber(NUMBER, group.number()));
        return new Write.Put(new Item(KIND, group.name(), group.version(), Codec.body(group), indexes));
    }

    static Write delete(Group group) {
        return new Write.Delete(KIND, group.name(), group.version());
    }
}
