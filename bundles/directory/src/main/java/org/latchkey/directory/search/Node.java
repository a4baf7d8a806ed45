package org.latchkey.directory.search;

import java.util.List;
import java.util.function.Predicate;

/** A query, or a part of one, about entities or groups. */
sealed interface Node<T> extends Predicate<T> {

    /** Whether a thing is as the query says. */
    @Override
    boolean test(T thing);

    record And<T>(List<Node<T>> all) implements Node<T> {
        @Override
        public boolean test(T thing) {
            return all.stream().allMatch(each -> each.test(thing));
        }
    }

    record Or<T>(List<Node<T>> some) implements Node<T> {
        @Override
        public boolean test(T thing) {
            return some.stream().anyMatch(each -> each.test(thing));
        }
    }

    record Not<T>(Node<T> node) implements Node<T> {
        @Override
        public boolean test(T thing) {
            return !node.test(thing);
        }
    }

    /** Some value of the field looks like that. */
    record Like<T>(Field.Text<T> field, Glob glob) implements Node<T> {
        @Override
        public boolean test(T thing) {
            return field.values().apply(thing).stream().anyMatch(value -> glob.matches(Fold.of(value)));
        }
    }

    /** The number is one of those, both included; none is if the first is above the last. */
    record Between<T>(Field.Number<T> field, long first, long last) implements Node<T> {
        @Override
        public boolean test(T thing) {
            long number = field.value().applyAsLong(thing);
            return first <= number && number <= last;
        }
    }
}
