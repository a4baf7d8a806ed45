package org.latchkey.procs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** The runs in the store, by keys that put the newest first. */
public final class RunStore {

    private static final String KIND = "procrun";
    private static final String PROC = "proc";
    private static final String STATUS = "status";
    private static final String LIVE = "live";
    private static final String YES = "yes";
    private static final int WIDTH = 16;
    private static final int PAGE = 200;

    private final Store store;

    public RunStore(Store store) {
        this.store = store;
    }

    private static String key(long id) {
        String digits = Long.toString(Ids.END - id);
        return "0".repeat(WIDTH - digits.length()) + digits;
    }

    public Optional<Execution> find(long id) {
        return id < 1 || id >= Ids.END
                ? Optional.empty()
                : store.get(KIND, key(id)).map(RunStore::read);
    }

    private static Execution read(Item item) {
        return ExecutionJson.read(item.version(), item.body());
    }

    Write put(Execution run) {
        List<Index> indexes = new ArrayList<>();
        indexes.add(new Index(PROC, run.proc(), false));
        indexes.add(new Index(STATUS, run.status().name(), false));
        if (!run.hasEnded()) {
            indexes.add(new Index(LIVE, YES, false));
        }
        return new Write.Put(new Item(KIND, key(run.id()), run.version(), ExecutionJson.stored(run), indexes));
    }

    /** All that have not ended, on whichever node. */
    List<Execution> live() {
        List<Execution> live = new ArrayList<>();
        String after = "";
        while (true) {
            List<Item> page = store.find(KIND, LIVE, YES, after, PAGE);
            page.forEach(item -> live.add(read(item)));
            if (page.size() < PAGE) {
                return live;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    /**
     * Runs, the newest first.
     *
     * @param proc of this proc only, if it is present
     * @param status in this status only, if it is present
     * @param before older than this one, if it is present
     */
    public List<Execution> page(Optional<String> proc, Optional<Status> status, Optional<Long> before, int limit) {
        String after = before.map(RunStore::key).orElse("");
        List<Item> found;
        if (proc.isPresent()) {
            found = store.find(KIND, PROC, proc.get(), after, limit);
        } else if (status.isPresent()) {
            found = store.find(KIND, STATUS, status.get().name(), after, limit);
        } else {
            found = store.list(KIND, "", after, limit);
        }
        return found.stream().map(RunStore::read).toList();
    }
}
