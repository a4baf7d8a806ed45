package org.latchkey.directory.search;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.store.Item.Index;

/** What can be asked about entities. Not their secret: an {@link Entity} has none. */
public final class EntityFields {

    public static final String KIND = "entity";
    public static final String NUMBER = "number";
    public static final String GROUP = "group";

    private static final String ID = "id";

    /** What people are looked for by, likeliest first. Each costs an index entry where it is set. */
    private static final List<MetaField> NAMES =
            List.of(MetaField.DISPLAY_NAME, MetaField.LEGAL_NAME, MetaField.GECOS, MetaField.BADGE_NUMBER);

    private EntityFields() {}

    /** The index entries of an entity. */
    public static List<Index> indexes(Entity entity) {
        List<Index> indexes = new ArrayList<>();
        indexes.add(Index.uniqueNumber(NUMBER, entity.number()));
        indexes.add(Texts.index(ID, entity.id()));
        NAMES.stream()
                .filter(entity.meta()::containsKey)
                .forEach(field -> indexes.add(Texts.index(name(field), entity.meta(field))));
        entity.groups().forEach(group -> indexes.add(new Index(GROUP, group, false)));
        return indexes;
    }

    static Vocabulary<Entity> vocabulary() {
        Vocabulary<Entity> vocabulary = new Vocabulary<Entity>(KIND)
                .withName(new Field.Text<>(ID, entity -> List.of(entity.id()), Field.Index.FOLDED))
                .with(new Field.Number<>(NUMBER, Entity::number))
                .with(new Field.Text<>(
                        "locked",
                        entity -> List.of(String.valueOf(entity.locked())),
                        Field.Index.NONE,
                        Set.of("true", "false")))
                .with(new Field.Text<>(GROUP, Entity::groups, Field.Index.GROUPS))
                .with(Texts.capability(Entity::capabilities));
        NAMES.forEach(field -> vocabulary.withName(meta(field, Field.Index.FOLDED)));
        EnumSet.complementOf(EnumSet.copyOf(NAMES)).forEach(field -> vocabulary.with(meta(field, Field.Index.NONE)));
        return vocabulary
                .withFamily("kv.", "KEY", key -> new Field.Text<>("kv", entity -> Texts.of(entity.kv(), key)))
                .withFamily("key.", "TYPE", EntityFields::key);
    }

    private static Field.Text<Entity> meta(MetaField field, Field.Index index) {
        return new Field.Text<>(
                name(field),
                entity -> Optional.ofNullable(entity.meta().get(field)).stream().toList(),
                index);
    }

    private static String name(MetaField field) {
        return "meta." + field.key();
    }

    private static Field.Text<Entity> key(String type) {
        String folded = Fold.of(type);
        return new Field.Text<>("key", entity -> entity.keys().entrySet().stream()
                .filter(ofType -> Fold.of(ofType.getKey()).equals(folded))
                .flatMap(ofType -> ofType.getValue().stream())
                .toList());
    }
}
