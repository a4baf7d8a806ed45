package org.latchkey.procs.proc;

import java.util.List;
import org.latchkey.api.store.Write;

/** What is of use only as long as a proc is there. */
@FunctionalInterface
public interface Dependents {

    /** What takes it out of the store in the commit that removes the proc of that name. */
    List<Write> removedWith(String proc);
}
