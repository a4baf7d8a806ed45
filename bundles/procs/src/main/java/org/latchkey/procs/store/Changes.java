package org.latchkey.procs.store;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** Stores changes, and the notices that tell of them, in one commit. */
public final class Changes {

    private final Store store;
    private final Outbox outbox;

    public Changes(Store store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    /**
     * All of it or nothing.
     *
     * @throws Store.Conflict if somebody else was faster
     * @throws org.latchkey.api.Refusal (UNAVAILABLE) if it is not known whether it was stored
     */
    public void commit(List<Write> writes, List<Notice> notices) throws Store.Conflict {
        List<Write> enclosed = notices.isEmpty() ? List.of() : outbox.enclose(notices);
        List<Write> all = new ArrayList<>(writes);
        all.addAll(enclosed);
        if (all.isEmpty()) {
            return;
        }
        store.commit(all);
        if (!enclosed.isEmpty()) {
            outbox.stored();
        }
    }
}
