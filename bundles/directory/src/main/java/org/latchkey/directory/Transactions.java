package org.latchkey.directory;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a change as a transaction: the turn of its names, one snapshot of the hooks kept to the end, and all
 * writes in one commit. If another node was faster, the whole of it runs again on what is stored now, hooks
 * included, since they judge a value that has changed.
 */
@Component(service = Transactions.class)
public final class Transactions {

    private static final Logger log = LoggerFactory.getLogger(Transactions.class);
    private static final int MOST_TRIES = 10;

    /** A commit that came too late; leads to another try and never out of this class. */
    private static final class TooLate extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLate() {
            super(null, null, false, false);
        }
    }

    private final Store store;
    private final ExtensionPoints points;
    private final Extensions<DirectoryHook> hooks;
    private final Turns turns = new Turns();

    @Activate
    public Transactions(@Reference Store store, @Reference ExtensionPoints points) {
        this.store = store;
        this.points = points;
        this.hooks = points.of(DirectoryHook.class);
    }

    <R> R run(List<String> names, Function<Chain<DirectoryHook>, R> work) {
        Turns.Turn turn = turns.take(names);
        ExtensionPoints.Scope scope = points.whenStuck(turn::end);
        try {
            return tryOften(work);
        } finally {
            scope.close();
            turn.end();
        }
    }

    /** The hooks alone, without a turn: for what changes nothing, or changes it in a transaction of its own. */
    <R> R withHooks(Function<Chain<DirectoryHook>, R> work) {
        try (Chain<DirectoryHook> chain = hooks.enter()) {
            return work.apply(chain);
        }
    }

    private <R> R tryOften(Function<Chain<DirectoryHook>, R> work) {
        for (int tries = 1; ; tries++) {
            try {
                return withHooks(work);
            } catch (PluginFault fault) {
                log.atError().setCause(fault).log("nothing stored: a hook failed");
                throw Refusal.of(
                        Refusal.Kind.UNAVAILABLE,
                        "policy-failed",
                        "A policy of this server failed; nothing was changed.");
            } catch (TooLate tooLate) {
                if (tries == MOST_TRIES) {
                    throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Somebody else changed it at the same time.");
                }
            }
        }
    }

    /** Stores all of it or nothing; a taken unique value is for {@code onTaken} to refuse. */
    void commit(List<Write> writes, Consumer<String> onTaken) {
        try {
            store.commit(writes);
        } catch (Store.Conflict conflict) {
            if (!conflict.field().isEmpty()) {
                onTaken.accept(conflict.field());
            }
            throw new TooLate();
        }
    }
}
