package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the graph of groups that belongs to what is stored now. Whatever changes a rule or a capability of a group
 * also raises the version of one item, in the same commit. So each node notices the changes of the others, and of two
 * rules added at the same time, which together would be a cycle, one comes too late.
 */
@Component(service = GroupGraphs.class)
public final class GroupGraphs {

    private static final String KIND = "group-graph";
    private static final String KEY = "epoch";
    private static final int PAGE = 1000;
    private static final int MOST_READINGS = 20;

    private final Store store;
    private final Groups groups;
    private final AtomicReference<GroupGraph> known = new AtomicReference<>(GroupGraph.EMPTY);

    @Activate
    public GroupGraphs(@Reference Store store) {
        this.store = store;
        this.groups = new Groups(store);
    }

    /** The graph as it is stored at this moment. */
    GroupGraph now() {
        GroupGraph graph = known.get();
        return graph.epoch() == epoch() ? graph : reread();
    }

    private long epoch() {
        return store.get(KIND, KEY).map(Item::version).orElse(0L);
    }

    /** Reads until nobody changed anything meanwhile. */
    private synchronized GroupGraph reread() {
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            long epoch = epoch();
            if (known.get().epoch() == epoch) {
                return known.get();
            }
            GroupGraph read = GroupGraph.of(epoch, all());
            if (epoch() == epoch) {
                known.set(read);
                return read;
            }
        }
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, "busy", "Too many changes of groups at once; try again.");
    }

    private List<Group> all() {
        List<Group> all = new ArrayList<>();
        List<Group> page = groups.thatMatter("", PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = groups.thatMatter(page.get(page.size() - 1).name(), PAGE);
        }
        return all;
    }

    /** To be stored along with a change of what this graph shows: refused if somebody else changed it meanwhile. */
    Write raise(GroupGraph graph) {
        return new Write.Put(new Item(KIND, KEY, graph.epoch(), "{}", List.of()));
    }

    /** That change is stored: saves reading all groups again. */
    void stored(GroupGraph before, Group changed) {
        known.compareAndSet(before, before.with(before.epoch() + 1, List.of(changed)));
    }

    /** The changes of a whole draft are. */
    void stored(GroupGraph before, GroupGraph draft) {
        known.compareAndSet(before, draft.with(before.epoch() + 1, List.of()));
    }
}
