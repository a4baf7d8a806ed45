package org.latchkey.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;

/** A directory in memory that remembers who changed it; checks nothing but existence. */
final class MemoryDirectory implements Directory, DirectoryWriter {

    final Map<String, Entity> entities = new TreeMap<>();
    final Map<String, Group> groups = new TreeMap<>();
    final Map<String, String> secrets = new TreeMap<>();
    final List<Caller> callers = new ArrayList<>();

    private Entity put(Caller caller, Entity entity) {
        callers.add(caller);
        entities.put(entity.id(), entity);
        return entity;
    }

    private Group put(Caller caller, Group group) {
        callers.add(caller);
        groups.put(group.name(), group);
        return group;
    }

    private Entity find(String id) {
        return entity(id).orElseThrow(() -> Refusal.notFound("entity", id));
    }

    private Group findGroup(String name) {
        return group(name).orElseThrow(() -> Refusal.notFound("group", name));
    }

    private static <T> Page<T> page(Map<String, T> all, String query, String after, int limit) {
        String prefix = query.replace("*", "");
        List<String> keys = all.keySet().stream()
                .filter(key -> query.endsWith("*") ? key.startsWith(prefix) : key.equals(query))
                .filter(key -> key.compareTo(after) > 0)
                .toList();
        List<T> items = keys.stream().limit(limit).map(all::get).toList();
        return new Page<>(items, keys.size() > limit ? Optional.of(keys.get(limit - 1)) : Optional.empty());
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
        return page(entities, query, after, limit);
    }

    @Override
    public Page<Group> groups(String query, String after, int limit) {
        return page(groups, query, after, limit);
    }

    @Override
    public Set<String> groupsOf(String id) {
        return find(id).groups();
    }

    @Override
    public Page<Entity> members(String group, String after, int limit) {
        findGroup(group);
        Map<String, Entity> members = new TreeMap<>(entities);
        members.values().removeIf(entity -> !entity.groups().contains(group));
        return page(members, "*", after, limit);
    }

    @Override
    public Set<Capability> capabilities(Entity entity) {
        return entity.capabilities();
    }

    @Override
    public Entity createEntity(Caller caller, Entity entity, Optional<Secret> secret) {
        secret.ifPresent(given -> secrets.put(entity.id(), new String(given.chars())));
        return put(caller, entity.number() == 0 ? entity.withNumber(entities.size() + 1L) : entity);
    }

    @Override
    public Entity updateEntity(Caller caller, String id, Map<MetaField, String> changes) {
        Entity changed = find(id);
        for (Map.Entry<MetaField, String> each : changes.entrySet()) {
            changed = changed.withMeta(each.getKey(), each.getValue());
        }
        return put(caller, changed);
    }

    @Override
    public Entity changeEntityKv(Caller caller, String id, UnaryOperator<Map<String, List<String>>> change) {
        return put(caller, find(id).withKv(change.apply(find(id).kv())));
    }

    @Override
    public Entity addKey(Caller caller, String id, String type, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity removeKey(Caller caller, String id, String type, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity lockEntity(Caller caller, String id) {
        return put(caller, find(id).withLocked(true));
    }

    @Override
    public Entity unlockEntity(Caller caller, String id) {
        return put(caller, find(id).withLocked(false));
    }

    @Override
    public void destroyEntity(Caller caller, String id) {
        callers.add(caller);
        entities.remove(find(id).id());
    }

    @Override
    public void changeSecret(Caller caller, String id, Secret secret, Optional<Secret> current) {
        callers.add(caller);
        secrets.put(find(id).id(), new String(secret.chars()));
    }

    @Override
    public Entity addMember(Caller caller, String group, String id) {
        Set<String> joined = Stream.concat(
                        find(id).groups().stream(), Stream.of(findGroup(group).name()))
                .collect(Collectors.toCollection(TreeSet::new));
        return put(caller, find(id).withGroups(joined));
    }

    @Override
    public Entity removeMember(Caller caller, String group, String id) {
        Set<String> left = new TreeSet<>(find(id).groups());
        left.remove(group);
        return put(caller, find(id).withGroups(left));
    }

    @Override
    public Entity changeEntityCapabilities(Caller caller, String id, UnaryOperator<Set<Capability>> change) {
        return put(caller, find(id).withCapabilities(change.apply(find(id).capabilities())));
    }

    @Override
    public Group createGroup(Caller caller, Group group) {
        return put(caller, group.number() == 0 ? group.withNumber(groups.size() + 1L) : group);
    }

    @Override
    public Group updateGroup(Caller caller, String name, Optional<String> displayName, Optional<String> managedBy) {
        Group changed = findGroup(name);
        changed = displayName.map(changed::withDisplayName).orElse(changed);
        return put(caller, managedBy.map(changed::withManagedBy).orElse(changed));
    }

    @Override
    public Group changeGroupKv(Caller caller, String name, UnaryOperator<Map<String, List<String>>> change) {
        return put(caller, findGroup(name).withKv(change.apply(findGroup(name).kv())));
    }

    @Override
    public Group setRule(Caller caller, String name, String target, Group.Rule rule) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Group removeRule(Caller caller, String name, String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroyGroup(Caller caller, String name) {
        callers.add(caller);
        groups.remove(findGroup(name).name());
    }

    @Override
    public Group changeGroupCapabilities(Caller caller, String name, UnaryOperator<Set<Capability>> change) {
        return put(
                caller,
                findGroup(name).withCapabilities(change.apply(findGroup(name).capabilities())));
    }
}
