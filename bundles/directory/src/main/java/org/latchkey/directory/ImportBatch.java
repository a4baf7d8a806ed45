package org.latchkey.directory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.latchkey.api.Group;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Write;

/** What the lines of one batch come to, until it is stored in one commit. */
final class ImportBatch {

    /**
     * How much is looked up beforehand. Whether a name or number is taken, the commit finds out by itself; only if it
     * does, the batch is made again with a look at each, to tell which line it was.
     */
    enum Care {
        TRUSTING,
        CAREFUL
    }

    final Care care;

    /** The graph of groups that the batch began with. */
    final GroupGraph before;

    /** The graph as the lines so far make it. */
    GroupGraph graph;

    final List<Write> writes = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Long> numbers = new HashSet<>();
    private final Set<String> groups = new HashSet<>();

    ImportBatch(Care care, GroupGraph graph) {
        this.care = care;
        this.before = graph;
        this.graph = graph;
    }

    boolean isCareful() {
        return care == Care.CAREFUL;
    }

    /** False if the batch has a line for that name already. */
    boolean addName(String name) {
        return names.add(name);
    }

    /** False if the batch has that number already. */
    boolean addNumber(long number) {
        return numbers.add(number);
    }

    /** Whether a group was found in the store before, by a line of this batch. */
    boolean hasFound(String group) {
        return groups.contains(group);
    }

    void found(String group) {
        groups.add(group);
    }

    void change(Group now) {
        if (!changesGraph()) {
            graph = before.draft();
        }
        graph.redraw(now);
    }

    boolean changesGraph() {
        return graph != before;
    }
}
