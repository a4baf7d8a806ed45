package org.latchkey.kernel.extension;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chain of a point at one moment. Never changes; the next moment has a snapshot of its own. */
final class Snapshot<T> {

    private static final Logger log = LoggerFactory.getLogger(Snapshot.class);

    private final List<SlotLink<T>> slotLinks;
    private final List<Link<T>> links;
    private final List<Requirement> requirements;
    private final Holders holders = new Holders();

    Snapshot(Watchdog watchdog, List<Slot<T>> slots, List<Requirement> requirements) {
        this.slotLinks =
                slots.stream().map(slot -> new SlotLink<>(watchdog, slot)).toList();
        this.links = List.copyOf(slotLinks);
        this.requirements = requirements;
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

    /** Every requirement of the point that nothing in this chain meets, in words. */
    List<String> unmet() {
        List<Slot<T>> slots = slotLinks.stream().map(SlotLink::slot).toList();
        return requirements.stream()
                .map(requirement -> requirement.unmetBy(slots))
                .flatMap(Optional::stream)
                .toList();
    }

    void requireComplete() {
        if (!requirements.isEmpty()) {
            unmet().stream().findFirst().ifPresent(Snapshot::refuse);
        }
    }

    /** Whoever asks is told no more than that it is the server's fault. */
    private static void refuse(String unmet) {
        log.atWarn().addKeyValue("reason", unmet).log("refused: a required policy has no say");
        throw Refusal.of(
                Refusal.Kind.UNAVAILABLE, "policy-missing", "A policy that this server requires is not in service.");
    }
}
