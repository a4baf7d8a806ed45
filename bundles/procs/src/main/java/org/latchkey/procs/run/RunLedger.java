package org.latchkey.procs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.procs.store.Changes;

/** Stores what becomes of runs, with the notices of it and with what those who hear of ends want stored along. */
final class RunLedger {

    private final RunStore runs;
    private final Changes changes;
    private final List<EndingListener> listeners;

    RunLedger(RunStore runs, Changes changes, List<EndingListener> listeners) {
        this.runs = runs;
        this.changes = changes;
        this.listeners = List.copyOf(listeners);
    }

    Optional<Execution> find(long id) {
        return runs.find(id);
    }

    List<Execution> live() {
        return runs.live();
    }

    /**
     * Stores it in place of the version it was made from.
     *
     * @param more what belongs to it
     * @return as it is stored now
     * @throws Store.Conflict if it was changed meanwhile
     */
    Execution store(Execution changed, List<Write> more, List<Notice> notices) throws Store.Conflict {
        List<Write> writes = new ArrayList<>();
        writes.add(runs.put(changed));
        writes.addAll(more);
        if (changed.hasEnded()) {
            listeners.forEach(each -> writes.addAll(each.along(changed)));
        }
        changes.commit(writes, notices);
        return changed.asVersion(changed.version() + 1);
    }

    /** Tells all who hear of ends. */
    void tellEnded(Execution ended) {
        listeners.forEach(each -> each.ended(ended));
    }
}
