package org.latchkey.kernel.extension;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An extension without which its operations are refused.
 *
 * @param pid of its configuration, in which the operator says so
 * @param points where it works, as far as the operator says
 */
record Requirement(String pid, Set<String> points) {

    /** Where an extension works of which nothing is known: most policies are hooks. */
    private static final Set<String> UNKNOWN = Set.of("DirectoryHook");

    /** Whether the slot is the required extension. */
    boolean isMetBy(Slot<?> slot) {
        return pid.equals(slot.identity().properties().get("service.pid"))
                || pid.equals(slot.identity().name());
    }

    /** The same requirement with the points at which it was last seen, if the operator names none. */
    Requirement at(Set<String> seen) {
        if (!points.isEmpty()) {
            return this;
        }
        return new Requirement(pid, seen.isEmpty() ? UNKNOWN : seen);
    }

    /** Why the slots of a point do not meet the requirement, or nothing. */
    Optional<String> unmetBy(List<? extends Slot<?>> slots) {
        List<? extends Slot<?>> mine = slots.stream().filter(this::isMetBy).toList();
        if (mine.isEmpty()) {
            return Optional.of(pid + " is required and not there");
        }
        return mine.stream()
                .flatMap(slot -> slot.outOfService().stream())
                .findFirst()
                .map(reason -> pid + " is required and does not work: " + reason);
    }
}
