package org.latchkey.directory.search;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.Capability;
import org.latchkey.api.Kv;
import org.latchkey.api.store.Item.Index;

/** What the fields of entities and of groups have in common. */
final class Texts {

    private static final Set<String> CAPABILITIES =
            Stream.of(Capability.values()).map(each -> Fold.of(each.name())).collect(Collectors.toUnmodifiableSet());

    private Texts() {}

    /** The entry of an index by folded values. */
    static Index index(String field, String value) {
        return new Index(field, Fold.cut(Fold.of(value)), false);
    }

    static <T> Field.Text<T> capability(Function<T, Set<Capability>> held) {
        return new Field.Text<>(
                "capability",
                thing -> held.apply(thing).stream().map(Capability::name).toList(),
                Field.Index.NONE,
                CAPABILITIES);
    }

    /** All values of a key, and of the keys that differ from it by a Z-index; {@code *} is every key. */
    static List<String> of(Map<String, List<String>> kv, String key) {
        return Kv.read(kv, key).values().stream().flatMap(Collection::stream).toList();
    }
}
