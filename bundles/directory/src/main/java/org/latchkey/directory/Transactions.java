package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.Recording;
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
    private final Audit audit;
    private final Outbox outbox;
    private final Turns turns = new Turns();

    @Activate
    public Transactions(
            @Reference Store store,
            @Reference ExtensionPoints points,
            @Reference Audit audit,
            @Reference Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
        this.points = points;
        this.audit = audit;
        this.hooks = points.of(DirectoryHook.class);
    }

    /** A change: refused while a required hook is missing or no receipt could be written; has one when it ends. */
    <R> R run(Intent intent, Function<Hooks, R> work) {
        Recording recording = Recording.begin(audit, intent.caller(), intent.operation(), intent.subject());
        return inTurn(
                intent.names(),
                recording::isAsking,
                () -> recorded(recording, () -> {
                    refuseOnReplica();
                    recording.restart();
                    return withHooks(recording, hooks -> {
                        hooks.chain().requireComplete();
                        return work.apply(hooks);
                    });
                }));
    }

    /** Before anything else is asked: on a replica nobody may change anything, whatever they hold or manage. */
    private void refuseOnReplica() {
        if (store.isReadOnly()) {
            throw Refusal.of(
                    Refusal.Kind.UNAVAILABLE,
                    Store.READ_ONLY,
                    "This server is a read-only replica; changes are for the primary one.");
        }
    }

    /** Whether nothing can be stored here, so that a sign-in must do without. */
    boolean isReplica() {
        return store.isReadOnly();
    }

    /** A trial: what may not be is refused as in {@link #run}, but nobody is asked and nothing is written down. */
    <R> R rehearse(Function<Hooks, R> work) {
        return withHooks(Recording.ofNothing(), work);
    }

    /** A change without hooks that belongs to another operation, and stands in its receipt. */
    <R> R apart(List<String> names, Supplier<R> work) {
        return inTurn(names, () -> false, () -> tryOften(work));
    }

    /** A sign-in: the hooks without a turn, since it changes nothing, or changes it in a transaction of its own. */
    <R> R judge(Attempt attempt, String operation, Function<Hooks, R> work, Function<R, String> outcome) {
        Recording recording = Recording.beginSignIn(audit, attempt.caller(), operation, attempt.id());
        ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
        try {
            return recording.during(() -> withHooks(recording, work), outcome);
        } finally {
            scope.close();
        }
    }

    private <R> R inTurn(List<String> names, BooleanSupplier isInPlugin, Supplier<R> work) {
        Turns.Turn turn = turns.take(names, isInPlugin);
        ExtensionPoints.Scope scope = points.whenStuck(turn::end);
        try {
            return work.get();
        } finally {
            scope.close();
            turn.end();
        }
    }

    /** The receipt is written while the turn lasts, so that the log has the changes in their order. */
    private <R> R recorded(Recording recording, Supplier<R> attempt) {
        ExtensionPoints.Scope scope = points.whenStuck(recording::stuck);
        try {
            return recording.during(() -> tryOften(attempt));
        } finally {
            scope.close();
        }
    }

    private <R> R withHooks(Recording recording, Function<Hooks, R> work) {
        try (Chain<DirectoryHook> chain = hooks.enter()) {
            return work.apply(new Hooks(chain, recording));
        }
    }

    private <R> R tryOften(Supplier<R> attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.get();
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

    /** A notice of what changed nothing, such as a rejection; whoever caused it does not suffer if it is lost. */
    void tell(Notice notice) {
        outbox.tell(List.of(notice));
    }

    /** Whether notices go to anybody. */
    boolean tells() {
        return outbox.isAwaited();
    }

    /** Stores all of it, with its notices, or nothing. */
    void commit(List<Write> writes, List<Notice> notices) {
        commit(writes, notices, taken -> {});
    }

    /** The same; a taken unique value is for {@code onTaken} to refuse. */
    void commit(List<Write> writes, List<Notice> notices, Consumer<String> onTaken) {
        List<Write> all = new ArrayList<>(writes);
        List<Write> enclosed = notices.isEmpty() ? List.of() : outbox.enclose(notices);
        all.addAll(enclosed);
        if (all.isEmpty()) {
            return;
        }
        try {
            store.commit(all);
            if (!enclosed.isEmpty()) {
                outbox.stored();
            }
        } catch (Store.Conflict conflict) {
            if (!conflict.field().isEmpty()) {
                onTaken.accept(conflict.field());
            }
            throw new TooLate();
        }
    }
}
