package org.latchkey.kernel.extension;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latchkey.kernel.notice.Announcer;

/** Gives every extension its guard, and remembers what the operator put in quarantine when it comes anew. */
final class Guards {

    private final Supplier<Limits> limits;
    private final Announcer announcer;

    /** The reasons, by the name of the extension. */
    private final Map<String, String> imposed = new ConcurrentHashMap<>();

    Guards(Supplier<Limits> limits, Announcer announcer) {
        this.limits = limits;
        this.announcer = announcer;
    }

    Guard guard(Slot<?> slot) {
        String point = slot.identity().point();
        Quarantine quarantine = new Quarantine(
                () -> limits.get().quarantineNanos(), reason -> announcer.quarantine(slot.identity(), reason));
        Optional.ofNullable(imposed.get(slot.identity().name())).ifPresent(quarantine::imposeByHand);
        return new Guard(limits.get().bulkhead(point), quarantine, limits.get().deadlineNanos(point));
    }

    /** Puts the slots of an extension in quarantine; says whether there are any. */
    boolean impose(String extension, String reason, List<Slot<?>> slots) {
        if (!slots.isEmpty()) {
            imposed.put(extension, reason);
            slots.forEach(slot -> slot.guard().quarantine().imposeByHand(reason));
        }
        return !slots.isEmpty();
    }

    /** Lets the slots of an extension out; says whether there are any. */
    boolean release(String extension, List<Slot<?>> slots) {
        imposed.remove(extension);
        slots.forEach(slot -> slot.guard().quarantine().release());
        return !slots.isEmpty();
    }
}
