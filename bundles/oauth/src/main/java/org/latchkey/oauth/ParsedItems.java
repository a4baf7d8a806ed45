package org.latchkey.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;
import org.latchkey.api.store.Item;

/**
 * What items of one kind mean, so that a body is not taken apart each time it is read. It is read each time all the same: the
 * store is asked first, and what was made of an item counts only for exactly that version with exactly that body (one that was
 * deleted and made again has the versions of the one before). So nothing is known here that the store would not say anew.
 *
 * <p>Values are shared among requests, and so must be unmodifiable all through.
 */
public final class ParsedItems<T> {

    /** In characters of bodies: about 8 MiB, with what is made of them. */
    private static final long MOST_CHARS = 2_000_000;

    private static final int OVERHEAD = 200;

    private final Function<Item, T> parser;
    private final Cache<String, Parsed<T>> known;

    private record Parsed<T>(Item item, T value) {

        boolean isOf(Item other) {
            return item.version() == other.version() && item.body().equals(other.body());
        }

        /** Without what it means. */
        @Override
        public String toString() {
            return "Parsed[" + item + "]";
        }
    }

    /** @param parser what it throws is thrown on, and not remembered */
    public ParsedItems(Function<Item, T> parser) {
        this(parser, MOST_CHARS);
    }

    ParsedItems(Function<Item, T> parser, long mostChars) {
        this.parser = parser;
        this.known = Caffeine.newBuilder()
                .maximumWeight(mostChars)
                .weigher((String key, Parsed<T> parsed) ->
                        OVERHEAD + parsed.item().body().length())
                .executor(Runnable::run)
                .build();
    }

    /** What an item means that was just read. */
    public T of(Item item) {
        Parsed<T> parsed = known.getIfPresent(item.key());
        if (parsed != null && parsed.isOf(item)) {
            return parsed.value();
        }
        T value = parser.apply(item);
        known.put(item.key(), new Parsed<>(item, value));
        return value;
    }

    /** How many are remembered, once those that are too many are gone. */
    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }
}
