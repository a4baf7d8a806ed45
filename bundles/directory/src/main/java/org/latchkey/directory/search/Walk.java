package org.latchkey.directory.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.Page;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Store.Hit;

/**
 * Goes through the sources of a query one after another, and gives each thing that matches where it is found first:
 * what an earlier source has too was given there.
 */
final class Walk<T> {

    private static final int LARGEST_CHUNK = 256;

    private final Store store;
    private final String kind;
    private final Function<Item, T> decode;
    private final Node<T> query;
    private final List<Source<T>> sources;
    private final Work work;

    Walk(Store store, String kind, Function<Item, T> decode, Node<T> query, Work work) {
        this.store = store;
        this.kind = kind;
        this.decode = decode;
        this.query = query;
        this.sources = Planner.plan(query);
        this.work = work;
    }

    /** One more than wanted tells that there is a next page; so does work that is left. */
    Page<T> page(Position start, int limit, Cursor cursor) {
        List<T> found = new ArrayList<>();
        Position at = start;
        int chunk = Math.min(limit + 1, LARGEST_CHUNK);
        while (at.source() < sources.size()) {
            List<Hit> hits = sources.get(at.source()).read(store, kind, at, chunk);
            for (Hit hit : hits) {
                if (work.isDone()) {
                    return new Page<>(found, Optional.of(cursor.write(at)));
                }
                Optional<T> match = match(hit, at.source());
                if (match.isPresent() && found.size() == limit) {
                    return new Page<>(found, Optional.of(cursor.write(at)));
                }
                match.ifPresent(found::add);
                at = at.at(hit);
            }
            at = hits.size() < chunk ? at.atNextSource() : at;
            chunk = Math.min(2 * chunk, LARGEST_CHUNK);
        }
        return new Page<>(found, Optional.empty());
    }

    private Optional<T> match(Hit hit, int source) {
        work.lookAt(hit.item());
        T thing = decode.apply(hit.item());
        boolean isNew = sources.subList(0, source).stream().noneMatch(earlier -> earlier.holds(thing));
        return Optional.of(thing).filter(each -> isNew && query.test(each));
    }
}
