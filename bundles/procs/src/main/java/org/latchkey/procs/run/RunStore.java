package org.latchkey.procs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs in the store, by keys that put the newest first. */
public final class RunStore {

    private static final String KIND = "procrun";
    private static final String PROC = "proc";
    private static final String STATUS = "status";
    private static final String LIVE = "live";
    private static final String YES = "yes";
    private static final int WIDTH = 16;
    private static final int PAGE = 200;

    private static final Logger log = LoggerFactory.getLogger(RunStore.class);

    private final Store store;

    /** Those of which it was said already that they cannot be read. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

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

    /** One that cannot be read must not keep anybody from the others. */
    private Optional<Execution> readable(Item item) {
        try {
            return Optional.of(read(item));
        } catch (RuntimeException damaged) {
            if (unreadable.add(item.key())) {
                log.atError().addKeyValue("key", item.key()).setCause(damaged).log("a stored run cannot be read");
            }
            return Optional.empty();
        }
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

    /** All that have not ended, on whichever node; those that can be read. */
    List<Execution> live() {
        List<Execution> live = new ArrayList<>();
        String after = "";
        while (true) {
            List<Item> page = store.find(KIND, LIVE, YES, after, PAGE);
            page.forEach(item -> readable(item).ifPresent(live::add));
            if (page.size() < PAGE) {
                return live;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    /**
     * Runs, the newest first; less than the limit only if there are no more.
     *
     * @param proc of this proc only, if it is present
     * @param status in this status only, if it is present
     * @param before older than this one, if it is present
     */
    public List<Execution> page(Optional<String> proc, Optional<Status> status, Optional<Long> before, int limit) {
        List<Execution> runs = new ArrayList<>();
        String after = before.map(RunStore::key).orElse("");
        while (true) {
            int wanted = limit - runs.size();
            List<Item> found = items(proc, status, after, wanted);
            found.forEach(item -> readable(item).ifPresent(runs::add));
            if (found.size() < wanted || runs.size() == limit) {
                return runs;
            }
            after = found.get(found.size() - 1).key();
        }
    }

    private List<Item> items(Optional<String> proc, Optional<Status> status, String after, int limit) {
        if (proc.isPresent()) {
            return store.find(KIND, PROC, proc.get(), after, limit);
        }
        return status.isPresent()
                ? store.find(KIND, STATUS, status.get().name(), after, limit)
                : store.list(KIND, "", after, limit);
    }
}
