package org.latchkey.directory.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields that a query about one kind of thing can name. Case and underscores in their names do not count. */
final class Vocabulary<T> {

    private final String kind;
    private final Map<String, Field<T>> fields = new LinkedHashMap<>();
    private final Map<String, Function<String, Field.Text<T>>> families = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Field.Text<T>> named = new ArrayList<>();

    /** @param kind of what the store keeps */
    Vocabulary(String kind) {
        this.kind = kind;
    }

    Vocabulary<T> with(Field<T> field) {
        fields.put(plain(field.name()), field);
        names.add(field.name());
        return this;
    }

    /** A field that a term without a field asks about too; the first of them comes first. */
    Vocabulary<T> withName(Field.Text<T> field) {
        named.add(field);
        return with(field);
    }

    /** Fields that begin so, up to the dot, and go on with any text, which is taken as it is. */
    Vocabulary<T> withFamily(String prefix, String example, Function<String, Field.Text<T>> member) {
        families.put(prefix, member);
        names.add(prefix + example);
        return this;
    }

    String kind() {
        return kind;
    }

    List<Field.Text<T>> named() {
        return List.copyOf(named);
    }

    Optional<Field<T>> field(String name) {
        int rest = name.indexOf('.') + 1;
        Function<String, Field.Text<T>> family = families.get(Fold.of(name.substring(0, rest)));
        if (family != null && rest < name.length()) {
            return Optional.of(family.apply(name.substring(rest)));
        }
        return Optional.ofNullable(fields.get(plain(name)));
    }

    /** The names of all fields, for people. */
    String names() {
        return String.join(", ", names);
    }

    private static String plain(String name) {
        return Fold.of(name).replace("_", "");
    }
}
