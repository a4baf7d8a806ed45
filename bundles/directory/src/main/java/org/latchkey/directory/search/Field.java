package org.latchkey.directory.search;

import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a query can ask about. */
sealed interface Field<T> {

    /** Its name in messages, and that of its index if it has one. */
    String name();

    /** How the store finds the things that have a value. */
    enum Index {
        /** By scanning all. */
        NONE,
        /** The index has folded values, {@link Fold#cut cut}; each thing has at most one. */
        FOLDED,
        /** The index has names of groups as they are. */
        GROUPS
    }

    /**
     * Text, none or many.
     *
     * @param values of a thing, as they are
     * @param choices what there is to ask for, folded; empty if that is anything
     */
    record Text<T>(String name, Function<T, Collection<String>> values, Index index, Set<String> choices)
            implements Field<T> {

        Text(String name, Function<T, Collection<String>> values, Index index) {
            this(name, values, index, Set.of());
        }

        Text(String name, Function<T, Collection<String>> values) {
            this(name, values, Index.NONE);
        }
    }

    /** One number above 0, with a unique index of the same name. */
    record Number<T>(String name, ToLongFunction<T> value) implements Field<T> {}
}
