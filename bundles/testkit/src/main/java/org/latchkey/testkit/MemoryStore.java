package org.latchkey.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** A store for tests of what uses a store: keeps {@link StoreContract}, forgets everything with the process. */
public final class MemoryStore implements Store {

    private static final Comparator<String> BY_CODE_POINT = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    /** Items by key, by kind. Never changed, only replaced, so that reads need no lock. */
    private volatile Map<String, SortedMap<String, Item>> kinds = Map.of();

    @Override
    public Optional<Item> get(String kind, String key) {
        ItemLimits.wellFormed("key", key);
        return Optional.ofNullable(items(kind).get(key)).map(MemoryStore::withoutIndexes);
    }

    @Override
    public List<Item> list(String kind, String prefix, String after, int limit) {
        ItemLimits.wellFormed("prefix", prefix);
        return page(items(kind).values().stream().filter(item -> item.key().startsWith(prefix)), after, limit);
    }

    @Override
    public List<Item> find(String kind, String field, String value, String after, int limit) {
        ItemLimits.wellFormed("value", value);
        return page(
                items(kind).values().stream().filter(item -> item.indexes().stream()
                        .anyMatch(index ->
                                index.field().equals(field) && index.value().equals(value))),
                after,
                limit);
    }

    @Override
    public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
        ItemLimits.wellFormed("prefix", prefix);
        ItemLimits.wellFormed("cursor", afterValue + "|" + afterKey);
        return items(kind).values().stream()
                .flatMap(item -> item.indexes().stream()
                        .filter(index ->
                                index.field().equals(field) && index.value().startsWith(prefix))
                        .map(index -> new Hit(index.value(), withoutIndexes(item))))
                .filter(hit -> order(hit.value(), hit.item().key(), afterValue, afterKey) > 0)
                .sorted((one, other) -> order(
                        one.value(),
                        one.item().key(),
                        other.value(),
                        other.item().key()))
                .limit(Math.max(limit, 0))
                .toList();
    }

    private static int order(String value, String key, String otherValue, String otherKey) {
        int byValue = BY_CODE_POINT.compare(value, otherValue);
        return byValue != 0 ? byValue : BY_CODE_POINT.compare(key, otherKey);
    }

    @Override
    public Optional<String> highest(String kind, String field) {
        return items(kind).values().stream()
                .flatMap(item -> item.indexes().stream())
                .filter(index -> index.field().equals(field))
                .map(Item.Index::value)
                .max(BY_CODE_POINT);
    }

    @Override
    public synchronized void commit(List<Write> writes) throws Conflict {
        Map<String, SortedMap<String, Item>> changed = new HashMap<>(kinds);
        for (Write write : writes) {
            if (write instanceof Write.Put put) {
                ItemLimits.check(put.item());
                copied(changed, put.item().kind()).put(put.item().key(), next(changed, put.item()));
            } else if (write instanceof Write.Delete delete) {
                requireVersion(changed, delete.kind(), delete.key(), Math.max(delete.version(), 1));
                copied(changed, delete.kind()).remove(delete.key());
            }
        }
        for (Write write : writes) {
            if (write instanceof Write.Put put) {
                refuseTakenValues(changed.get(put.item().kind()), put.item().key());
            }
        }
        kinds = Map.copyOf(changed);
    }

    private static Item next(Map<String, SortedMap<String, Item>> changed, Item item) throws Conflict {
        requireVersion(changed, item.kind(), item.key(), item.version());
        return new Item(item.kind(), item.key(), item.version() + 1, item.body(), item.indexes());
    }

    private static void requireVersion(
            Map<String, SortedMap<String, Item>> changed, String kind, String key, long version) throws Conflict {
        Item stored = changed.getOrDefault(kind, new TreeMap<>()).get(key);
        long found = stored == null ? 0 : stored.version();
        if (found != version) {
            throw new Conflict("", kind + "/" + key + " is at version " + found + ", not " + version);
        }
    }

    private static void refuseTakenValues(SortedMap<String, Item> items, String key) throws Conflict {
        Item item = items.get(key);
        if (item == null) {
            return;
        }
        for (Item.Index index : item.indexes()) {
            if (index.unique()
                    && items.values().stream()
                            .anyMatch(other ->
                                    !other.key().equals(key) && other.indexes().contains(index))) {
                throw new Conflict(index.field(), "another " + item.kind() + " has this " + index.field());
            }
        }
    }

    private static SortedMap<String, Item> copied(Map<String, SortedMap<String, Item>> changed, String kind) {
        SortedMap<String, Item> copy = new TreeMap<>(BY_CODE_POINT);
        copy.putAll(changed.getOrDefault(kind, new TreeMap<>()));
        changed.put(kind, copy);
        return copy;
    }

    private SortedMap<String, Item> items(String kind) {
        return kinds.getOrDefault(requireNonNull(kind), new TreeMap<>(BY_CODE_POINT));
    }

    private static List<Item> page(Stream<Item> items, String after, int limit) {
        ItemLimits.wellFormed("cursor", after);
        return items.filter(item -> BY_CODE_POINT.compare(item.key(), after) > 0)
                .limit(Math.max(limit, 0))
                .map(MemoryStore::withoutIndexes)
                .toList();
    }

    private static Item withoutIndexes(Item item) {
        return new Item(item.kind(), item.key(), item.version(), item.body(), List.of());
    }
}
