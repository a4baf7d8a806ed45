package org.latchkey.testkit;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.Page;

/** Pages of lists in memory. */
final class MemoryPages {

    private MemoryPages() {}

    /**
     * @param all in the order of their keys
     * @param query {@code *}, the beginning of a key and {@code *}, or one key
     */
    static <T> Page<T> page(List<T> all, Function<T, String> key, String query, String after, int limit) {
        String prefix = query.replace("*", "");
        List<T> rest = all.stream()
                .filter(each -> query.endsWith("*")
                        ? key.apply(each).startsWith(prefix)
                        : key.apply(each).equals(query))
                .filter(each -> key.apply(each).compareTo(after) > 0)
                .toList();
        List<T> items = rest.stream().limit(limit).toList();
        return new Page<>(items, rest.size() > limit ? Optional.of(key.apply(items.get(limit - 1))) : Optional.empty());
    }
}
