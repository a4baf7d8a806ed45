package org.latchkey.kernel.extension;

import java.time.Duration;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;

/** A link to a slot. The only place from which plugins are called. */
final class SlotLink<T> implements Link<T> {

    private final Watchdog watchdog;
    private final Slot<T> slot;

    SlotLink(Watchdog watchdog, Slot<T> slot) {
        this.watchdog = watchdog;
        this.slot = slot;
    }

    Slot<T> slot() {
        return slot;
    }

    @Override
    public ExtensionInfo info() {
        return slot.identity();
    }

    @Override
    public boolean granted(String grant) {
        return slot.granted(grant);
    }

    @Override
    public void remark(String reason) {
        slot.remark(reason);
    }

    /** Equal to the link of the same registration in another snapshot. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SlotLink<?> link && link.slot == slot;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(slot);
    }

    @Override
    public <R> R call(Call<? super T, R> call) throws PluginFault {
        T extension = slot.extension();
        return slot.identity().core()
                ? unwatched(extension, call)
                : within(Long.MAX_VALUE, slot.guard().enter(slot), extension, call);
    }

    @Override
    public <R> R call(Call<? super T, R> call, Duration most) throws PluginFault {
        T extension = slot.extension();
        return slot.identity().core()
                ? unwatched(extension, call)
                : within(most.toNanos(), slot.guard().enterAtOnce(slot), extension, call);
    }

    private <R> R within(long mostNanos, Meter.Call measured, T extension, Call<? super T, R> call) {
        Watch watch = watchdog.watch();
        if (!watch.isBusy()) {
            watch.begin(slot, mostNanos);
            return watched(watch, measured, extension, call);
        }
        Watch nested = watchdog.nested(watch);
        try {
            nested.begin(slot, mostNanos);
            return watched(nested, measured, extension, call);
        } finally {
            watchdog.forget(nested);
        }
    }

    /** Catches everything: here foreign code may end and ours goes on. */
    private <R> R unwatched(T extension, Call<? super T, R> call) {
        try {
            return call.on(extension);
        } catch (Throwable thrown) {
            throw slot.judge(thrown);
        }
    }

    /**
     * With a watch that has begun. Catches everything: an Error of a plugin is no end of the server. Threads that the plugin starts are known
     * by their context class loader, which is the plugin's during the call.
     */
    private <R> R watched(Watch watch, Meter.Call measured, T extension, Call<? super T, R> call) {
        Guard guard = slot.guard();
        ClassLoader context = watch.thread.getContextClassLoader();
        R answer = null;
        RuntimeException failure = null;
        try {
            watch.thread.setContextClassLoader(extension.getClass().getClassLoader());
            answer = call.on(extension);
        } catch (Throwable thrown) {
            failure = slot.judge(thrown);
        }
        watch.thread.setContextClassLoader(context);
        if (!watch.end()) {
            guard.late(measured);
            throw slot.fault(PluginFault.Kind.LATE, "was late", failure);
        }
        if (failure instanceof PluginFault fault) {
            guard.failed(measured, what(fault.getCause()));
            throw fault;
        }
        guard.succeeded(measured, answer);
        if (failure != null) {
            throw failure;
        }
        return answer;
    }

    /** Whoever calls may find the answer unusable, and says so with a fault of its own. */
    private static String what(Throwable cause) {
        return cause instanceof PluginFault unusable
                ? unusable.getMessage()
                : "threw " + cause.getClass().getSimpleName();
    }
}
