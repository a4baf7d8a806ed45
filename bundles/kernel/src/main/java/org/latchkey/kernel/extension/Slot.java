package org.latchkey.kernel.extension;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.PluginFault;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one registered extension. Gets the service at the first call and holds it until it is
 * unbound: getting it earlier would lose a hook that refers back to the directory, and giving it back
 * after each call would have Declarative Services activate it anew each time.
 */
final class Slot<T> {

    /** Highest ranking first, then by names that a redeployed plugin keeps; never by service id alone. */
    static final Comparator<Slot<?>> ORDER = Comparator.comparing(
                    (Slot<?> slot) -> -slot.identity().ranking())
            .thenComparing(slot -> slot.identity().bundle())
            .thenComparing(slot -> slot.identity().name())
            .thenComparing(slot -> (Long) slot.reference.getProperty("service.id"));

    private static final Logger log = LoggerFactory.getLogger(Slot.class);
    private static final String STUCK = "stuck: a call does not come back";

    private final BundleContext context;
    private final ServiceReference<T> reference;
    private final Function<ServiceReference<?>, Traits> reader;
    private final Guard guard;
    private volatile Traits traits;
    private volatile boolean cut;
    private final AtomicInteger stuckCalls = new AtomicInteger();
    private final Holders holders = new Holders();
    private volatile Optional<T> extension = Optional.empty();
    private volatile String failure = "";
    private volatile String remark = "";

    Slot(
            BundleContext context,
            ServiceReference<T> reference,
            Function<ServiceReference<?>, Traits> reader,
            Function<Slot<?>, Guard> guards) {
        this.context = context;
        this.reference = reference;
        this.reader = reader;
        this.traits = reader.apply(reference);
        this.guard = guards.apply(this);
    }

    /** Reads ranking, grants and deadline anew; they may change while the service stays. */
    void refresh() {
        traits = reader.apply(reference);
    }

    Bundle bundle() {
        return reference.getBundle();
    }

    /** How long one call may take. */
    long deadlineNanos() {
        if (cut) {
            return 0;
        }
        long deadline = traits.deadlineNanos();
        return deadline == 0 ? Long.MAX_VALUE : deadline;
    }

    /** Has the watchdog end what is still inside: its plugin goes now. */
    void cut() {
        cut = true;
    }

    Guard guard() {
        return guard;
    }

    boolean granted(String grant) {
        return traits.grants().contains(grant);
    }

    Holders holders() {
        return holders;
    }

    ExtensionInfo identity() {
        return traits.info();
    }

    /** What the operator sees; {@code admitted} tells whether its plugin serves yet. */
    ExtensionInfo info(boolean admitted) {
        if (!failure.isEmpty()) {
            return identity().inState("failed", failure);
        }
        Optional<String> outOfService = outOfService();
        if (outOfService.isPresent()) {
            return identity().inState("quarantined", outOfService.get());
        }
        if (admitted && !remark.isEmpty()) {
            return identity().inState("idle", remark);
        }
        return admitted ? identity() : identity().inState("held", "its plugin is not serving yet");
    }

    /** Why the extension could not be activated, or the empty text. */
    String failure() {
        return failure;
    }

    /** Why it cannot be called at this moment, or nothing. */
    Optional<String> outOfService() {
        if (!failure.isEmpty()) {
            return Optional.of(failure);
        }
        if (stuckCalls.get() > 0) {
            return Optional.of(STUCK);
        }
        return Optional.of(guard.quarantine().reason()).filter(reason -> !reason.isEmpty());
    }

    void remark(String reason) {
        remark = reason;
    }

    /** The live extension, activated if it was not yet. */
    T extension() {
        Optional<T> bound = extension;
        if (bound.isEmpty()) {
            bound = bind();
        }
        if (stuckCalls.getOpaque() > 0) {
            throw fault(PluginFault.Kind.QUARANTINED, "is " + STUCK, null);
        }
        return bound.get();
    }

    private synchronized Optional<T> bind() {
        if (extension.isEmpty()) {
            try {
                extension = Optional.ofNullable(context.getService(reference));
                failure = extension.isPresent() ? "" : "its component could not be activated";
            } catch (IllegalStateException gone) {
                failure = "its plugin is gone";
            }
            if (extension.isEmpty()) {
                throw fault(PluginFault.Kind.FAILED, failure, null);
            }
        }
        return extension;
    }

    /** Gives the service back; nobody calls it any more. */
    synchronized void unbind() {
        if (extension.isPresent()) {
            extension = Optional.empty();
            try {
                context.ungetService(reference);
            } catch (IllegalStateException stopping) {
                log.atDebug().addKeyValue("plugin", identity().bundle()).log("the framework let go of it first");
            }
        }
    }

    void stuck() {
        stuckCalls.incrementAndGet();
        log.atError()
                .addKeyValue("plugin", identity().bundle())
                .addKeyValue("extension", identity().name())
                .log("stuck: out of service until its call comes back");
    }

    void unstuck() {
        stuckCalls.decrementAndGet();
    }

    /** What a caller gets for something the extension threw. */
    RuntimeException judge(Throwable thrown) {
        if (thrown instanceof Refusal refusal) {
            return refusal;
        }
        log.atWarn()
                .addKeyValue("plugin", identity().bundle())
                .addKeyValue("extension", identity().name())
                .setCause(thrown)
                .log("a plugin failed");
        return fault(PluginFault.Kind.FAILED, "failed: " + thrown.getClass().getSimpleName(), thrown);
    }

    PluginFault fault(PluginFault.Kind kind, String what, Throwable cause) {
        return new PluginFault(
                kind, "The extension " + identity().name() + " of " + identity().bundle() + " " + what, cause);
    }
}
