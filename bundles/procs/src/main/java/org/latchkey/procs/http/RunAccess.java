package org.latchkey.procs.http;

import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.RunStore;

/** Who may see and stop a run: those who may run its proc now, or, if the proc is gone, might when the run was begun. */
final class RunAccess {

    private final Procs procs;
    private final RunStore runs;
    private final Access access;

    RunAccess(Procs procs, RunStore runs, Access access) {
        this.procs = procs;
        this.runs = runs;
        this.access = access;
    }

    /** @throws Refusal (NOT_FOUND) if there is no such run; (DENIED) if it is not theirs to see */
    Execution require(Visitor visitor, long id) {
        Execution run = runs.find(id).orElseThrow(() -> Refusal.notFound("run", Long.toString(id)));
        access.requireMember(visitor, groups(run));
        return run;
    }

    Set<String> groups(Execution run) {
        return procs.find(run.proc()).map(Proc::groups).orElse(run.wish().groups());
    }

    boolean permits(Visitor visitor, Set<String> groups) {
        return access.permits(visitor, groups);
    }
}
