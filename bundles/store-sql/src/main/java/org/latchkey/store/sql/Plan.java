package org.latchkey.store.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.store.sql.Step.Row;

/**
 * What a commit comes to.
 *
 * @param steps its writes, in the order in which every commit locks its rows
 * @param targets what each of the items must be before and is to have afterwards
 */
record Plan(List<Step> steps, List<Target> targets) {

    /**
     * One item of a commit.
     *
     * @param version the one that must be stored before the commit, 0 if the item must not exist
     * @param wanted its index entries after the commit, none if it is removed
     */
    record Target(Row row, long version, Set<Entry> wanted) {}

    /** Refuses what exceeds the limits, and a unique value that two items of the commit want. */
    static Plan of(List<Write> writes) throws Store.Conflict {
        List<Step> steps = writes.stream()
                .map(Step::of)
                .sorted(Comparator.comparing(Step::row))
                .toList();
        Map<Row, List<Step>> byRow = steps.stream()
                .collect(Collectors.groupingBy(Step::row, TreeMap::new, Collectors.toCollection(ArrayList::new)));
        List<Target> targets = byRow.values().stream().map(Plan::target).toList();
        refuseOneValueTwice(targets);
        return new Plan(steps, targets);
    }

    /** The items that must be there before. */
    List<Target> changed() {
        return targets.stream().filter(target -> target.version() != 0).toList();
    }

    private static Target target(List<Step> ofOneRow) {
        Step first = ofOneRow.get(0);
        Step last = ofOneRow.get(ofOneRow.size() - 1);
        return new Target(first.row(), first.version(), last.entries());
    }

    private static void refuseOneValueTwice(List<Target> targets) throws Store.Conflict {
        Map<List<String>, Entry> taken = new HashMap<>();
        for (Target target : targets) {
            for (Entry entry : target.wanted()) {
                List<String> value = List.of(entry.row().kind(), entry.field(), entry.value());
                if (entry.unique() && taken.put(value, entry) != null) {
                    throw Conflicts.taken(entry);
                }
            }
        }
    }
}
