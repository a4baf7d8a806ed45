package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.latchkey.api.Refusal;

/**
 * What happens in one kind of change: a table of named steps, run in order. A step that throws ends the
 * operation; since storing is the last step, nothing has happened then.
 *
 * @param name such as {@code entity-create}
 * @param steps in order; a hook's place is named for its point
 */
record Operation<W>(String name, List<Step<W>> steps) {

    enum Kind {
        /** Does something. */
        ACT,
        /** Only reads, and refuses what may not be: part of a rehearsal too. */
        CHECK,
        /** The place of hooks. */
        HOOK
    }

    record Step<W>(String name, Kind kind, Predicate<W> applies, Consumer<W> action) {}

    /**
     * What a rehearsal found.
     *
     * @param places the hooks' places that would be reached, in order
     * @param refusedBy the check that would refuse, empty if none would
     * @param reason why it would
     */
    record Rehearsal(List<String> places, String refusedBy, String reason) {}

    static <W> Operation<W> named(String name) {
        return new Operation<>(name, List.of());
    }

    Operation<W> step(String step, Consumer<W> action) {
        return with(step, Kind.ACT, work -> true, action);
    }

    Operation<W> step(String step, Predicate<W> applies, Consumer<W> action) {
        return with(step, Kind.ACT, applies, action);
    }

    Operation<W> check(String step, Consumer<W> action) {
        return with(step, Kind.CHECK, work -> true, action);
    }

    Operation<W> check(String step, Predicate<W> applies, Consumer<W> action) {
        return with(step, Kind.CHECK, applies, action);
    }

    Operation<W> hook(String place, BiConsumer<W, String> pass) {
        return hook(place, work -> true, pass);
    }

    /** The pass through the hooks is told its place, for the receipt. */
    Operation<W> hook(String place, Predicate<W> applies, BiConsumer<W, String> pass) {
        return with(place, Kind.HOOK, applies, work -> pass.accept(work, place));
    }

    private Operation<W> with(String step, Kind kind, Predicate<W> applies, Consumer<W> action) {
        List<Step<W>> more = new ArrayList<>(steps);
        more.add(new Step<>(step, kind, applies, action));
        return new Operation<>(name, List.copyOf(more));
    }

    void run(W work) {
        for (Step<W> step : steps) {
            if (step.applies().test(work)) {
                step.action().accept(work);
            }
        }
    }

    /** All steps but those of hooks: for operations whose last step stores nothing by itself. */
    void runWithoutHooks(W work) {
        for (Step<W> step : steps) {
            if (step.kind() != Kind.HOOK && step.applies().test(work)) {
                step.action().accept(work);
            }
        }
    }

    /** Walks through the table, but calls no hook and changes nothing. */
    Rehearsal rehearse(W work) {
        List<String> places = new ArrayList<>();
        for (Step<W> step : steps) {
            if (!step.applies().test(work)) {
                continue;
            }
            if (step.kind() == Kind.HOOK) {
                places.add(step.name());
            } else if (step.kind() == Kind.CHECK) {
                try {
                    step.action().accept(work);
                } catch (Refusal | Rejected no) {
                    return new Rehearsal(places, step.name(), no.getMessage());
                }
            }
        }
        return new Rehearsal(places, "", "");
    }

    List<String> stepNames() {
        return steps.stream().map(Step::name).toList();
    }
}
