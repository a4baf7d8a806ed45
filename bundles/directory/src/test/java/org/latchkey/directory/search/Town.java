package org.latchkey.directory.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Page;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.MemoryStore;

/** Entities and groups to look for, in a store in memory. */
final class Town {

    static final List<String> WORDS = List.of(
            "ada", "Adam", "ADAMS", "bob", "b\u00e4r", "B\u00c4R", "stra\u00dfe", "Staff", "a", "ab", "x y", "12");
    static final List<String> GROUPS = List.of("staff", "Staff", "crew", "adams", "b");

    private static final int MOST_PAGES = 10_000;

    private final Store store = new MemoryStore();
    private final Map<String, Entity> entities = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private long numbers;

    final Search<Entity> search = Search.ofEntities(store, item -> entities.get(item.key()));
    final Search<Group> groupSearch = Search.ofGroups(store, item -> groups.get(item.key()));

    List<Entity> entities() {
        return List.copyOf(entities.values());
    }

    /** An entity that answers to all simple queries. */
    Entity stayer(String id) {
        return Entity.named(id).withNumber(++numbers).withGroups(Set.of("staff"));
    }

    void settle(Random random, int people) {
        GROUPS.forEach(name -> put(Group.named(name)));
        for (int i = 0; i < people; i++) {
            put(person(random, i));
        }
    }

    private Entity person(Random random, int i) {
        Entity entity = Entity.named(word(random).replaceAll("[^A-Za-z0-9]", "e") + i)
                .withNumber(1000 + 3L * i)
                .withLocked(random.nextInt(4) == 0)
                .withKv("k", random.nextBoolean() ? List.of(word(random), word(random)) : List.of())
                .withKeys(random.nextBoolean() ? Map.of("SSH", List.of(word(random))) : Map.of());
        for (MetaField field : MetaField.values()) {
            if (random.nextInt(3) > 0) {
                entity = entity.withMeta(field, word(random) + (random.nextBoolean() ? "" : word(random)));
            }
        }
        Set<String> in = new HashSet<>();
        while (random.nextInt(3) > 0) {
            in.add(GROUPS.get(random.nextInt(GROUPS.size())));
        }
        return entity.withGroups(in)
                .withCapabilities(random.nextInt(5) == 0 ? Set.of(Capability.LOCK_ENTITY) : Set.of());
    }

    static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    void put(Entity entity) {
        commit(new Write.Put(new Item(EntityFields.KIND, entity.id(), 0, "{}", EntityFields.indexes(entity))));
        entities.put(entity.id(), entity);
    }

    void put(Group group) {
        Group numbered = group.number() > 0 ? group : group.withNumber(++numbers);
        commit(new Write.Put(new Item(GroupFields.KIND, group.name(), 0, "{}", GroupFields.indexes(numbered))));
        groups.put(group.name(), numbered);
    }

    void remove(String id) {
        if (store.get(EntityFields.KIND, id).isPresent()) {
            commit(new Write.Delete(EntityFields.KIND, id, 1));
            entities.remove(id);
        }
    }

    private void commit(Write write) {
        try {
            store.commit(List.of(write));
        } catch (Store.Conflict conflict) {
            throw new AssertionError(conflict);
        }
    }

    /** What all pages have, one after another. */
    List<Entity> find(String query, int limit) {
        List<Entity> found = new ArrayList<>();
        read(query, limit, found);
        return found;
    }

    int pages(String query, int limit) {
        return read(query, limit, new ArrayList<>());
    }

    private int read(String query, int limit, List<Entity> found) {
        String cursor = "";
        for (int pages = 1; pages <= MOST_PAGES; pages++) {
            Page<Entity> page = search.page(query, cursor, limit);
            if (page.items().size() > limit) {
                throw new AssertionError("more than " + limit + " for " + query);
            }
            found.addAll(page.items());
            if (page.next().isEmpty()) {
                return pages;
            }
            cursor = page.next().get();
        }
        throw new AssertionError(query + " has no end");
    }
}
