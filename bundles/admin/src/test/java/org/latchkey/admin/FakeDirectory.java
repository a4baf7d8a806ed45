package org.latchkey.admin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

/** A directory in memory that checks capabilities as the real one does, and has no hooks. */
final class FakeDirectory implements Directory, DirectoryWriter {

    final Map<String, Entity> entities = new TreeMap<>();
    final Map<String, Group> groups = new TreeMap<>();
    final Map<String, String> secrets = new TreeMap<>();

    /** Who asked for the changes, in order. */
    final List<Caller> callers = new ArrayList<>();

    /** The proof that came with the last change of a secret. */
    Optional<String> current = Optional.empty();

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
        return page(entities.values().stream().toList(), Entity::id, query, after, limit);
    }

    @Override
    public Page<Group> groups(String query, String after, int limit) {
        return page(groups.values().stream().toList(), Group::name, query, after, limit);
    }

    @Override
    public Set<String> groupsOf(String id) {
        return existing(id).groups();
    }

    @Override
    public Page<Entity> members(String group, String after, int limit) {
        existingGroup(group);
        List<Entity> members = entities.values().stream()
                .filter(entity -> entity.groups().contains(group))
                .toList();
        return page(members, Entity::id, "*", after, limit);
    }

    @Override
    public Set<Capability> capabilities(Entity entity) {
        return entity.capabilities();
    }

    private static <T> Page<T> page(List<T> all, Function<T, String> key, String query, String after, int limit) {
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

    @Override
    public Entity createEntity(Caller caller, Entity entity, Optional<Secret> secret) {
        allow(caller, Capability.CREATE_ENTITY);
        if (entities.containsKey(entity.id())) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is one already.");
        }
        Entity made = entity.number() == 0 ? entity.withNumber(entities.size() + 1) : entity;
        secret.ifPresent(given -> secrets.put(entity.id(), new String(given.chars())));
        return put(secret.isPresent() ? made.withSecret() : made);
    }

    @Override
    public Entity updateEntity(Caller caller, String id, Map<MetaField, String> changes) {
        allow(caller, Capability.MODIFY_ENTITY_META);
        Entity entity = existing(id);
        for (Map.Entry<MetaField, String> change : changes.entrySet()) {
            entity = entity.withMeta(change.getKey(), change.getValue());
        }
        return put(entity);
    }

    @Override
    public Entity changeEntityKv(Caller caller, String id, UnaryOperator<Map<String, List<String>>> change) {
        allow(caller, Capability.MODIFY_ENTITY_META);
        return put(existing(id).withKv(change.apply(existing(id).kv())));
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
        allow(caller, Capability.LOCK_ENTITY);
        return put(existing(id).withLocked(true));
    }

    @Override
    public Entity unlockEntity(Caller caller, String id) {
        allow(caller, Capability.UNLOCK_ENTITY);
        return put(existing(id).withLocked(false));
    }

    @Override
    public void destroyEntity(Caller caller, String id) {
        allow(caller, Capability.DESTROY_ENTITY);
        entities.remove(existing(id).id());
    }

    @Override
    public void changeSecret(Caller caller, String id, Secret secret, Optional<Secret> proof) {
        callers.add(caller);
        if (!caller.id().equals(id)) {
            caller.require(Capability.CHANGE_ENTITY_SECRET);
        }
        current = proof.map(given -> new String(given.chars()));
        secrets.put(id, new String(secret.chars()));
    }

    @Override
    public Entity addMember(Caller caller, String group, String id) {
        allow(caller, Capability.MODIFY_GROUP_MEMBERS);
        Set<String> changed = new LinkedHashSet<>(existing(id).groups());
        changed.add(existingGroup(group).name());
        return put(existing(id).withGroups(changed));
    }

    @Override
    public Entity removeMember(Caller caller, String group, String id) {
        allow(caller, Capability.MODIFY_GROUP_MEMBERS);
        Set<String> changed = new LinkedHashSet<>(existing(id).groups());
        changed.remove(existingGroup(group).name());
        return put(existing(id).withGroups(changed));
    }

    @Override
    public Entity changeEntityCapabilities(Caller caller, String id, UnaryOperator<Set<Capability>> change) {
        allow(caller, Capability.GLOBAL_ROOT);
        return put(existing(id).withCapabilities(change.apply(existing(id).capabilities())));
    }

    @Override
    public Group createGroup(Caller caller, Group group) {
        allow(caller, Capability.CREATE_GROUP);
        return put(group.number() == 0 ? group.withNumber(groups.size() + 1) : group);
    }

    @Override
    public Group updateGroup(Caller caller, String name, Optional<String> displayName, Optional<String> managedBy) {
        allow(caller, Capability.MODIFY_GROUP_META);
        Group group = existingGroup(name);
        return put(group.withDisplayName(displayName.orElse(group.displayName()))
                .withManagedBy(managedBy.orElse(group.managedBy())));
    }

    @Override
    public Group changeGroupKv(Caller caller, String name, UnaryOperator<Map<String, List<String>>> change) {
        allow(caller, Capability.MODIFY_GROUP_META);
        return put(existingGroup(name).withKv(change.apply(existingGroup(name).kv())));
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
        allow(caller, Capability.DESTROY_GROUP);
        groups.remove(existingGroup(name).name());
    }

    @Override
    public Group changeGroupCapabilities(Caller caller, String name, UnaryOperator<Set<Capability>> change) {
        allow(caller, Capability.GLOBAL_ROOT);
        return put(existingGroup(name)
                .withCapabilities(change.apply(existingGroup(name).capabilities())));
    }

    private void allow(Caller caller, Capability capability) {
        callers.add(caller);
        caller.require(capability);
    }

    private Entity existing(String id) {
        return entity(id).orElseThrow(() -> Refusal.notFound("entity", id));
    }

    private Group existingGroup(String name) {
        return group(name).orElseThrow(() -> Refusal.notFound("group", name));
    }

    private Entity put(Entity entity) {
        Entity stored = entity.withVersion(entity.version() + 1);
        entities.put(entity.id(), stored);
        return stored;
    }

    private Group put(Group group) {
        Group stored = group.withVersion(group.version() + 1);
        groups.put(group.name(), stored);
        return stored;
    }
}
