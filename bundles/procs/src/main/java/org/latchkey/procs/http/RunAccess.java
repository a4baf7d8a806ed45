package org.latchkey.procs.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.latchkey.api.Refusal;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.RunStore;

/**
 * Who may see and stop a run: those who may run its proc now, or, if that proc is gone, might when the run was begun. Another one of
 * the same name does not open the runs of the one before to its own people.
 */
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

    private Set<String> groups(Execution run) {
        return groups(run, procs.find(run.proc()));
    }

    private static Set<String> groups(Execution run, Optional<Proc> now) {
        return now.filter(proc -> proc.incarnation().equals(run.wish().incarnation()))
                .map(Proc::groups)
                .orElse(run.wish().groups());
    }

    /** Which runs they may see, for one request: each proc is looked up once. */
    Predicate<Execution> visibleTo(Visitor visitor) {
        Map<String, Optional<Proc>> known = new HashMap<>();
        Predicate<Set<String>> may = access.permissions(visitor);
        return run -> may.test(groups(run, known.computeIfAbsent(run.proc(), procs::find)));
    }
}
