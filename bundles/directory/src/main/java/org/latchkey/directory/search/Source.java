package org.latchkey.directory.search;

import java.util.List;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Store.Hit;

/** Candidates out of the store, in an order that depends on the query alone. Whether they match is asked elsewhere. */
sealed interface Source<T> permits EverySource, ExactSource, PrefixSource, NumberSource, GroupSource {

    /** So many things there may be; only the proportions of guesses count. */
    long MANY = 1_000_000;

    /** The candidates after a position, fewer than asked for only if there are no more. */
    List<Hit> read(Store store, String kind, Position after, int limit);

    /** Whether a thing is among the candidates. */
    boolean holds(T thing);

    /** How many candidates there may be. */
    long guess();
}
