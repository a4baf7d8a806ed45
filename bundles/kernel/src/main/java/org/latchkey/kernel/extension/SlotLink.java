package org.latchkey.kernel.extension;

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

    @Override
    public <R> R call(Call<? super T, R> call) throws PluginFault {
        T extension = slot.extension();
        if (slot.deadlineNanos() == 0) {
            return unwatched(extension, call);
        }
        Watch watch = watchdog.watch();
        if (!watch.isBusy()) {
            return watched(watch, extension, call);
        }
        Watch nested = watchdog.nested(watch);
        try {
            return watched(nested, extension, call);
        } finally {
            watchdog.forget(nested);
        }
    }

    /** Catches everything: here the plugin's code ends and ours goes on (an Error of a plugin is no end of the server). */
    private <R> R unwatched(T extension, Call<? super T, R> call) {
        try {
            return call.on(extension);
        } catch (Throwable thrown) {
            throw slot.judge(thrown);
        }
    }

    private <R> R watched(Watch watch, T extension, Call<? super T, R> call) {
        watch.begin(slot);
        R answer = null;
        RuntimeException failure = null;
        try {
            answer = call.on(extension);
        } catch (Throwable thrown) {
            failure = slot.judge(thrown);
        }
        if (!watch.end()) {
            throw slot.fault("was late", failure);
        }
        if (failure != null) {
            throw failure;
        }
        return answer;
    }
}
