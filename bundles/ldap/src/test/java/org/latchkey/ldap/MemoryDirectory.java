package org.latchkey.ldap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;

/** A directory in memory with pages of seven, that remembers what it was asked. */
final class MemoryDirectory implements Directory {

    private static final int PAGE = 7;

    final NavigableMap<String, Entity> entities = new ConcurrentSkipListMap<>();
    final NavigableMap<String, Group> groups = new ConcurrentSkipListMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    void put(Entity entity) {
        entities.put(entity.id(), entity);
    }

    void put(Group group) {
        groups.put(group.name(), group);
    }

    @Override
    public Optional<Entity> entity(String id) {
        asked.add("entity " + id);
        return Optional.ofNullable(entities.get(id));
    }

    @Override
    public Optional<Group> group(String name) {
        asked.add("group " + name);
        return Optional.ofNullable(groups.get(name));
    }

    @Override
    public Page<Entity> entities(String query, String after, int limit) {
        asked.add("entities " + query);
        String beginning = query.substring(0, query.length() - 1);
        return page(entities, after, (id, entity) -> id.startsWith(beginning));
    }

    @Override
    public Page<Group> groups(String query, String after, int limit) {
        asked.add("groups " + query);
        String beginning = query.substring(0, query.length() - 1);
        return page(groups, after, (name, group) -> name.startsWith(beginning));
    }

    @Override
    public Set<String> groupsOf(String id) {
        asked.add("groupsOf " + id);
        return Optional.ofNullable(entities.get(id))
                .orElseThrow(() -> Refusal.notFound("entity", id))
                .groups();
    }

    @Override
    public Page<Entity> members(String group, String after, int limit) {
        asked.add("members " + group);
        return page(entities, after, (id, entity) -> entity.groups().contains(group));
    }

    @Override
    public Set<Capability> capabilities(Entity entity) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(entity.capabilities());
        entity.groups().forEach(name -> Optional.ofNullable(groups.get(name))
                .ifPresent(group -> all.addAll(group.capabilities())));
        return all;
    }

    private interface Test<T> {
        boolean holds(String name, T one);
    }

    private static <T> Page<T> page(NavigableMap<String, T> all, String after, Test<T> test) {
        List<T> items = new ArrayList<>();
        for (var each : all.tailMap(after, false).entrySet()) {
            if (test.holds(each.getKey(), each.getValue())) {
                if (items.size() == PAGE) {
                    return new Page<>(items, Optional.of(last(all, items)));
                }
                items.add(each.getValue());
            }
        }
        return new Page<>(items, Optional.empty());
    }

    private static <T> String last(NavigableMap<String, T> all, List<T> items) {
        Predicate<String> isLast = name -> all.get(name) == items.get(items.size() - 1);
        return all.keySet().stream().filter(isLast).findFirst().orElseThrow();
    }
}
