package org.latchkey.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happens in one kind of change: a table of named steps, run in order. A step that throws ends the
 * operation; since storing is the last step, nothing has happened then.
 *
 * @param name such as {@code entity-create}
 * @param steps in order; a hook's place is named for its point
 */
record Operation<W>(String name, List<Step<W>> steps) {

    record Step<W>(String name, Predicate<W> applies, Consumer<W> action) {}

    static <W> Operation<W> named(String name) {
        return new Operation<>(name, List.of());
    }

    Operation<W> step(String step, Consumer<W> action) {
        return step(step, work -> true, action);
    }

    Operation<W> step(String step, Predicate<W> applies, Consumer<W> action) {
        List<Step<W>> more = new ArrayList<>(steps);
        more.add(new Step<>(step, applies, action));
        return new Operation<>(name, List.copyOf(more));
    }

    void run(W work) {
        for (Step<W> step : steps) {
            if (step.applies().test(work)) {
                step.action().accept(work);
            }
        }
    }

    List<String> stepNames() {
        return steps.stream().map(Step::name).toList();
    }
}
