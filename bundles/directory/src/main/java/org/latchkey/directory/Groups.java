package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Group;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.directory.search.GroupFields;

/** Groups in the store. */
final class Groups {

    static final String KIND = GroupFields.KIND;
    static final String NUMBER = GroupFields.NUMBER;

    /** The index of groups that have rules or capabilities. */
    private static final String MATTERS = "matters";

    private static final String YES = "yes";

    private final Store store;

    Groups(Store store) {
        this.store = store;
    }

    Optional<Group> find(String name) {
        return store.get(KIND, name).map(Codec::group);
    }

    /** Whether there is a group of that name, without a look at what it is. */
    boolean exists(String name) {
        return store.get(KIND, name).isPresent();
    }

    List<Group> page(String after, int limit) {
        return store.list(KIND, "", after, limit).stream().map(Codec::group).toList();
    }

    /** Whose number it is. */
    Optional<String> withNumber(long number) {
        return store.find(KIND, NUMBER, Index.uniqueNumber(NUMBER, number).value(), "", 1).stream()
                .map(Item::key)
                .findFirst();
    }

    /** Groups that have rules or capabilities. */
    List<Group> thatMatter(String after, int limit) {
        return store.find(KIND, MATTERS, YES, after, limit).stream()
                .map(Codec::group)
                .toList();
    }

    /** Groups that the members of this one may administer. */
    List<Group> managedBy(String group, String after, int limit) {
        return store.find(KIND, GroupFields.MANAGED_BY, group, after, limit).stream()
                .map(Codec::group)
                .toList();
    }

    /** Stores the group as the next version of the one it was made from. */
    static Write put(Group group) {
        List<Index> indexes = new ArrayList<>(GroupFields.indexes(group));
        if (GroupGraph.matters(group)) {
            indexes.add(new Index(MATTERS, YES, false));
        }
        return new Write.Put(new Item(KIND, group.name(), group.version(), Codec.body(group), indexes));
    }

    static Write delete(Group group) {
        return new Write.Delete(KIND, group.name(), group.version());
    }
}
