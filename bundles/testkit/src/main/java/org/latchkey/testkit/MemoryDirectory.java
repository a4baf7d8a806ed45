package org.latchkey.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
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

/**
 * A directory in memory. It checks capabilities and existence as the real one does and follows rules, but has no hooks
 * and no transactions, and refuses neither cycles nor malformed names. Not safe for threads.
 */
public final class MemoryDirectory implements Directory, DirectoryWriter {

    private static final String MANAGED_BY = "managed_by:";

    /** Everybody by id; a test may put in what it likes. */
    public final Map<String, Entity> entities = new TreeMap<>();

    /** Every group by name; a test may put in what it likes. */
    public final Map<String, Group> groups = new TreeMap<>();

    private final Memberships memberships = new Memberships(groups);

    /** The secrets that were set, by id. */
    public final Map<String, String> secrets = new TreeMap<>();

    /** The eras of those that are not in their first, by id. */
    public final Map<String, Long> eras = new TreeMap<>();

    /** Who asked for the changes, in order. */
    public final List<Caller> callers = new ArrayList<>();

    /** The proof that came with the last change of a secret. */
    public Optional<String> current = Optional.empty();

    @Override
    public Optional<Entity> entity(String id) {
        return Optional.ofNullable(entities.get(id));
    }

    @Override
    public Optional<Standing> standing(String id) {
        return entity(id).map(entity -> new Standing(entity.number(), entity.locked(), eras.getOrDefault(id, 0L)));
    }

    @Override
    public Optional<Group> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    @Override
    public Page<Entity> entities(String query, String after, int limit) {
        return MemoryPages.page(entities.values().stream().toList(), Entity::id, query, after, limit);
    }

    /** Knows {@code managed_by:"NAME"} too. */
    @Override
    public Page<Group> groups(String query, String after, int limit) {
        if (query.startsWith(MANAGED_BY)) {
            String manager = query.substring(MANAGED_BY.length()).replace("\"", "");
            List<Group> managed = groups.values().stream()
                    .filter(group -> group.managedBy().equals(manager))
                    .toList();
            return MemoryPages.page(managed, Group::name, "*", after, limit);
        }
        return MemoryPages.page(groups.values().stream().toList(), Group::name, query, after, limit);
    }

    @Override
    public Set<String> groupsOf(String id) {
        return memberships.effective(existing(id));
    }

    @Override
    public Page<Entity> members(String group, String after, int limit) {
        existingGroup(group);
        List<Entity> members = entities.values().stream()
                .filter(entity -> memberships.isIn(entity, group))
                .toList();
        return MemoryPages.page(members, Entity::id, "*", after, limit);
    }

    @Override
    public Set<Capability> capabilities(Entity entity) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(entity.capabilities());
        memberships.effective(entity).stream()
                .flatMap(name -> group(name).stream())
                .forEach(group -> capabilities.addAll(group.capabilities()));
        return capabilities;
    }

    @Override
    public Entity createEntity(Caller caller, Entity entity, Optional<Secret> secret) {
        allow(caller, Capability.CREATE_ENTITY);
        refuseExisting(entities, entity.id());
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
        allowOneself(caller, id, Capability.MODIFY_ENTITY_KEYS);
        List<String> ofType = new ArrayList<>(existing(id).keys().getOrDefault(type, List.of()));
        if (ofType.contains(key)) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "This key is there already.");
        }
        ofType.add(key);
        return putKeys(existing(id), type, ofType);
    }

    @Override
    public Entity removeKey(Caller caller, String id, String type, String key) {
        allowOneself(caller, id, Capability.MODIFY_ENTITY_KEYS);
        List<String> ofType = new ArrayList<>(existing(id).keys().getOrDefault(type, List.of()));
        if (!ofType.remove(key)) {
            throw Refusal.notFound("key of type " + type, key);
        }
        return putKeys(existing(id), type, ofType);
    }

    private Entity putKeys(Entity entity, String type, List<String> ofType) {
        Map<String, List<String>> changed = new LinkedHashMap<>(entity.keys());
        changed.put(type, ofType);
        changed.values().removeIf(List::isEmpty);
        return put(entity.withKeys(changed));
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
        allowOneself(caller, id, Capability.CHANGE_ENTITY_SECRET);
        current = proof.map(given -> new String(given.chars()));
        secrets.put(existing(id).id(), new String(secret.chars()));
        put(existing(id).withSecret());
        eras.merge(id, 1L, Long::sum);
    }

    @Override
    public Entity addMember(Caller caller, String group, String id) {
        return changeMembership(
                caller, id, groups -> groups.add(existingGroup(group).name()));
    }

    @Override
    public Entity removeMember(Caller caller, String group, String id) {
        return changeMembership(
                caller, id, groups -> groups.remove(existingGroup(group).name()));
    }

    private Entity changeMembership(Caller caller, String id, Consumer<Set<String>> change) {
        allow(caller, Capability.MODIFY_GROUP_MEMBERS);
        Set<String> changed = new LinkedHashSet<>(existing(id).groups());
        change.accept(changed);
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
        refuseExisting(groups, group.name());
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
        allow(caller, Capability.MODIFY_GROUP_META);
        Map<String, Group.Rule> changed =
                new LinkedHashMap<>(existingGroup(name).rules());
        changed.put(existingGroup(target).name(), rule);
        return put(existingGroup(name).withRules(changed));
    }

    @Override
    public Group removeRule(Caller caller, String name, String target) {
        allow(caller, Capability.MODIFY_GROUP_META);
        Map<String, Group.Rule> changed =
                new LinkedHashMap<>(existingGroup(name).rules());
        if (changed.remove(target) == null) {
            throw Refusal.notFound("rule for the group", target);
        }
        return put(existingGroup(name).withRules(changed));
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

    private void allowOneself(Caller caller, String id, Capability capability) {
        callers.add(caller);
        if (!caller.id().equals(id)) {
            caller.require(capability);
        }
    }

    private static void refuseExisting(Map<String, ?> all, String name) {
        if (all.containsKey(name)) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is already one of the name \"" + name + "\".");
        }
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
