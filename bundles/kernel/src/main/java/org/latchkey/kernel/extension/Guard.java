package org.latchkey.kernel.extension;

import java.util.concurrent.TimeUnit;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.PluginFault;

/**
 * Stands before every call of one extension of a plugin: not while it is in quarantine, and not too many at
 * once. Notes how each call went, which is what puts an extension into quarantine and lets it out.
 */
final class Guard {

    private static final int CALLS_FOR_LATENCY = 20;

    /** The share of its deadline that not every one of those calls may use up. */
    private static final double LATENCY_BUDGET = 0.8;

    private static final int SERVER_ERROR = 500;

    private final Bulkhead bulkhead;
    private final Quarantine quarantine;
    private final Meter meter = new Meter();
    private final long latencyBudgetNanos;

    Guard(Bulkhead bulkhead, Quarantine quarantine, long deadlineNanos) {
        this.bulkhead = bulkhead;
        this.quarantine = quarantine;
        this.latencyBudgetNanos = deadlineNanos == 0 ? Long.MAX_VALUE : (long) (LATENCY_BUDGET * deadlineNanos);
    }

    Quarantine quarantine() {
        return quarantine;
    }

    Meter meter() {
        return meter;
    }

    /** Lets a call in, which ends with {@link #succeeded} or {@link #failed}, or throws why not. */
    Meter.Call enter(Slot<?> slot) {
        refuseShut(slot);
        return entered(slot, bulkhead.enter(quarantine::isShut));
    }

    /** The same for a caller that comes again rather than wait for a place. */
    Meter.Call enterAtOnce(Slot<?> slot) {
        refuseShut(slot);
        return entered(slot, bulkhead.enterAtOnce());
    }

    private void refuseShut(Slot<?> slot) {
        if (quarantine.isShut()) {
            throw inQuarantine(slot);
        }
    }

    private Meter.Call entered(Slot<?> slot, boolean hasPlace) {
        if (!hasPlace) {
            throw quarantine.isShut()
                    ? inQuarantine(slot)
                    : slot.fault(PluginFault.Kind.BUSY, "has as many calls as it may have at once", null);
        }
        if (!quarantine.admits()) {
            bulkhead.leave();
            throw inQuarantine(slot);
        }
        return meter.begin();
    }

    private PluginFault inQuarantine(Slot<?> slot) {
        return slot.fault(PluginFault.Kind.QUARANTINED, "is in quarantine: " + quarantine.reason(), null);
    }

    /** A server error that an endpoint answers is its answer, and all the same counts against a new revision. */
    void succeeded(Meter.Call call, Object answer) {
        bulkhead.leave();
        quarantine.succeeded();
        if (call.isMeasured()) {
            if (answer instanceof Response response && response.status() >= SERVER_ERROR) {
                call.failed();
            } else {
                call.succeeded();
            }
            refuseSlowness();
        }
    }

    void failed(Meter.Call call, String what) {
        bulkhead.leave();
        call.failed();
        quarantine.failed(what);
    }

    /** A late call is not counted as failed: how long its calls take is judged on its own. */
    void late(Meter.Call call) {
        bulkhead.leave();
        call.succeeded();
        quarantine.late();
    }

    private void refuseSlowness() {
        long shortest = meter.shortestNanosOfLast(CALLS_FOR_LATENCY);
        if (shortest > latencyBudgetNanos) {
            quarantine.impose("each of its last " + CALLS_FOR_LATENCY + " calls took "
                    + TimeUnit.NANOSECONDS.toMillis(shortest) + " ms or more");
        }
    }
}
