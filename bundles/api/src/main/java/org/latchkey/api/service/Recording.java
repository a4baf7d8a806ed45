package org.latchkey.api.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.ExtensionInfo;

/**
 * The receipt of an operation under way. Whoever opens the operation begins one, which refuses if the audit log
 * cannot be written; it is handed along with the chain, is told what runs, and writes the receipt once: when
 * the operation ends, or from another thread when it is stuck in a plugin.
 */
public final class Recording {

    private final Consumer<AuditEvent> log;
    private final Caller caller;
    private final String operation;
    private final String subject;
    private final List<Receipt.Ran> ran = new ArrayList<>();
    private final Map<String, Long> micros = new LinkedHashMap<>();

    /** Who is being asked now, counted as failed until it answers. */
    private Optional<Receipt.Ran> asked = Optional.empty();

    private boolean ended;

    private Recording(Consumer<AuditEvent> log, Caller caller, String operation, String subject) {
        this.log = log;
        this.caller = caller;
        this.operation = operation;
        this.subject = subject;
    }

    /** Of a change. What the local shell asks for goes on without an audit log. */
    public static Recording begin(Audit audit, Caller caller, String operation, String subject) {
        Audit log = caller.address().equals(Caller.LOCAL) ? audit.bestEffort() : audit;
        log.requireAvailable();
        return new Recording(log::append, caller, operation, subject);
    }

    /** Of a sign-in. Root signs in without an audit log too. */
    public static Recording beginSignIn(Audit audit, Caller caller, String operation, String id) {
        return begin(id.equals("root") ? audit.bestEffort() : audit, caller, operation, id);
    }

    /** Of a rehearsal, which leaves no trace. */
    public static Recording ofNothing() {
        return new Recording(event -> {}, Caller.shell(""), "", "");
    }

    /** Does the work and writes the receipt before it gives the work's result, or throws what the work threw. */
    public <R> R during(Supplier<R> work) {
        return during(work, result -> Receipt.OK);
    }

    /** The same for work whose result tells its outcome. */
    public <R> R during(Supplier<R> work, Function<R, String> outcome) {
        String end = Receipt.FAILED;
        try {
            R result = work.get();
            end = outcome.apply(result);
            return result;
        } catch (Refusal refusal) {
            end = Receipt.refused(refusal);
            throw refusal;
        } finally {
            end(end);
        }
    }

    /** Begins anew: what ran so far does not count, because the operation is tried again. */
    public synchronized void restart() {
        ran.clear();
        micros.clear();
        asked = Optional.empty();
    }

    /** An extension is about to be asked at that place. */
    public synchronized void asks(String place, ExtensionInfo extension) {
        asked = Optional.of(Receipt.Ran.of(place, extension, Receipt.FAILED));
    }

    /** Whether an extension was asked that has not answered yet. */
    public synchronized boolean isAsking() {
        return asked.isPresent();
    }

    /** The verdict of the extension that was asked last; of many alike, as in a batch, one is kept. */
    public synchronized void answered(String verdict) {
        asked.map(one -> new Receipt.Ran(one.place(), one.extension(), one.plugin(), one.version(), verdict))
                .filter(one -> !ran.contains(one))
                .ifPresent(ran::add);
        asked = Optional.empty();
    }

    /** How long all that was asked at a place took. */
    public synchronized void took(String place, long nanos) {
        micros.put(place, nanos / 1000);
    }

    /** Whether no receipt was written yet; if one was, somebody else has answered in place of this operation. */
    public synchronized boolean isOpen() {
        return !ended;
    }

    /** The thread of the operation does not come back from the extension it asked; called by another thread. */
    public void stuck() {
        synchronized (this) {
            answered(Receipt.FAILED);
        }
        end(Receipt.FAILED);
    }

    private void end(String outcome) {
        Receipt receipt;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            receipt = new Receipt(
                    Instant.now(),
                    operation,
                    caller.requestId(),
                    caller.id(),
                    subject,
                    caller.address(),
                    outcome,
                    ran,
                    micros);
        }
        log.accept(receipt.event());
    }
}
