package org.latchkey.example.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.service.Directory;

/** A directory in memory, without rules; its pages hold two. */
final class People implements Directory {

    private static final int PAGE = 2;

    private final TreeMap<String, Entity> entities = new TreeMap<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();

    People with(Entity entity) {
        entities.put(entity.id(), entity);
        return this;
    }

    People with(Group group) {
        groups.put(group.name(), group);
        return this;
    }

    @Override
    public Optional<Entity> entity(String id) {
        return Optional.ofNullable(entities.get(id));
    }

    @Override
    public Optional<Group> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    @Override
    public Page<Entity> entities(String query, String after, int limit) {
        return page(List.copyOf(entities.values()), after);
    }

    @Override
    public Page<Group> groups(String query, String after, int limit) {
        return page(List.copyOf(groups.values()), after);
    }

    @Override
    public Set<String> groupsOf(String id) {
        return new TreeSet<>(entities.get(id).groups());
    }

    @Override
    public Page<Entity> members(String group, String after, int limit) {
        return page(
                entities.values().stream()
                        .filter(entity -> entity.groups().contains(group))
                        .toList(),
                after);
    }

    @Override
    public Set<Capability> capabilities(Entity entity) {
        return Set.of();
    }

    private static <T> Page<T> page(List<T> all, String after) {
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        int to = Math.min(all.size(), from + PAGE);
        return new Page<>(
                new ArrayList<>(all.subList(from, to)),
                to < all.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
    }
}
