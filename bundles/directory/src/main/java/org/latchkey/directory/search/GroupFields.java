package org.latchkey.directory.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.latchkey.api.Group;
import org.latchkey.api.store.Item.Index;

/** What can be asked about groups. */
public final class GroupFields {

    public static final String KIND = "group";
    public static final String NUMBER = "number";
    public static final String MANAGED_BY = "managed_by";

    /** The index by which groups are found whose names differ by case only, or begin alike. */
    static final String NAME = "name";

    private static final String DISPLAY_NAME = "display_name";

    private GroupFields() {}

    /** The index entries of a group. */
    public static List<Index> indexes(Group group) {
        List<Index> indexes = new ArrayList<>();
        indexes.add(Index.uniqueNumber(NUMBER, group.number()));
        indexes.add(Texts.index(NAME, group.name()));
        if (!group.displayName().isEmpty()) {
            indexes.add(Texts.index(DISPLAY_NAME, group.displayName()));
        }
        if (!group.managedBy().isEmpty()) {
            indexes.add(new Index(MANAGED_BY, group.managedBy(), false));
        }
        return indexes;
    }

    static Vocabulary<Group> vocabulary() {
        return new Vocabulary<Group>(KIND)
                .withName(new Field.Text<>(NAME, group -> List.of(group.name()), Field.Index.FOLDED))
                .withName(new Field.Text<>(DISPLAY_NAME, group -> set(group.displayName()), Field.Index.FOLDED))
                .with(new Field.Number<>(NUMBER, Group::number))
                .with(new Field.Text<>(MANAGED_BY, group -> set(group.managedBy()), Field.Index.GROUPS))
                .with(Texts.capability(Group::capabilities))
                .with(rule(Group.Rule.INCLUDE))
                .with(rule(Group.Rule.EXCLUDE))
                .withFamily("kv.", "KEY", key -> new Field.Text<>("kv", group -> Texts.of(group.kv(), key)));
    }

    private static Field.Text<Group> rule(Group.Rule rule) {
        return new Field.Text<>(rule.key(), group -> group.rules().entrySet().stream()
                .filter(entry -> entry.getValue() == rule)
                .map(Map.Entry::getKey)
                .toList());
    }

    /** The text, unless it is empty: what is not set is found by nothing. */
    private static Collection<String> set(String text) {
        return Stream.of(text).filter(each -> !each.isEmpty()).toList();
    }
}
