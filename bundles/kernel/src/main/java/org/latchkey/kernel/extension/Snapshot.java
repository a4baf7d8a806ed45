package org.latchkey.kernel.extension;

import java.util.List;
import org.latchkey.api.kernel.Link;

/** The chain of a point at one moment. Never changes; the next moment has a snapshot of its own. */
final class Snapshot<T> {

    private final List<SlotLink<T>> slotLinks;
    private final List<Link<T>> links;
    private final Holders holders = new Holders();

    Snapshot(Watchdog watchdog, List<Slot<T>> slots) {
        slotLinks = slots.stream().map(slot -> new SlotLink<>(watchdog, slot)).toList();
        links = List.copyOf(slotLinks);
    }

    List<Link<T>> links() {
        return links;
    }

    Holders holders() {
        return holders;
    }

    boolean has(Slot<?> slot) {
        return slotLinks.stream().anyMatch(link -> link.slot() == slot);
    }
}
