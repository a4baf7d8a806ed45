package org.latchkey.procs.run;

import java.util.List;
import org.latchkey.api.store.Write;

/** Hears of the end of runs, on the one node that watched them. */
public interface EndingListener {

    /** What to store in the same commit as the end, so that one is not without the other; asked again if that commit failed. */
    default List<Write> along(Execution ended) {
        return List.of();
    }

    /** The end is stored. Told once, and not at all if the server dies just then; must not wait. */
    void ended(Execution ended);
}
