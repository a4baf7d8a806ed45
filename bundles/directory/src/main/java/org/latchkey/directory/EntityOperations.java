package org.latchkey.directory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.DirectoryHook;

/**
 * The changes of entities. The order of steps is contract: it is NetAuth's (chains CREATE, MERGE-METADATA,
 * LOCK, UNLOCK, DESTROY, SET-SECRET), with the two secret points on creation too.
 */
final class EntityOperations {

    private final Transactions transactions;
    private final EntitySteps steps;

    EntityOperations(Transactions transactions, EntitySteps steps) {
        this.transactions = transactions;
        this.steps = steps;
    }

    private Operation<EntityWork> create() {
        return Operation.<EntityWork>named("entity-create")
                .step("require-create-entity", requires(Capability.CREATE_ENTITY))
                .step("refuse-malformed-entity", steps::refuseMalformedEntity)
                .check("refuse-existing-entity", steps::refuseExistingEntity)
                .step("set-number", steps::setNumber)
                .step("refuse-unusable-secret", EntityWork::hasSecret, steps::refuseUnusableSecret)
                .hook("PreSecretChange", EntityWork::hasSecret, steps.secretHook(DirectoryHook::preSecretChange))
                .step("set-secret", EntityWork::hasSecret, steps::setSecret)
                .hook("PostSecretChange", EntityWork::hasSecret, steps.secretHook(DirectoryHook::postSecretChange))
                .hook("EntityCreate", steps.secretHook(DirectoryHook::entityCreate))
                .step("tell-entity-created", EntityWork::isChanged, steps.tell("entity.created"))
                .step("save-new-entity", steps::saveNew);
    }

    private Operation<EntityWork> update(UnaryOperator<Entity> change) {
        return Operation.<EntityWork>named("entity-update")
                .step("require-modify-entity-meta", requires(Capability.MODIFY_ENTITY_META))
                .check("load-entity", steps::load)
                .step("change-entity", work -> work.entity = change.apply(work.entity))
                .step("refuse-malformed-entity", steps::refuseMalformedEntity)
                .hook("EntityUpdate", steps.hook(DirectoryHook::entityUpdate))
                .step("tell-entity-updated", EntityWork::isChanged, steps.tell("entity.updated"))
                .step("save-entity", steps::save);
    }

    private Operation<EntityWork> changeKv(UnaryOperator<Map<String, List<String>>> change) {
        return Operation.<EntityWork>named("entity-kv")
                .step("require-modify-entity-meta", requires(Capability.MODIFY_ENTITY_META))
                .check("load-entity", steps::load)
                .step("change-kv", work -> work.entity = work.entity.withKv(change.apply(work.entity.kv())))
                .step("refuse-malformed-entity", steps::refuseMalformedEntity)
                .hook("EntityUpdate", steps.hook(DirectoryHook::entityUpdate))
                .hook("EntityKvChange", steps.hook(DirectoryHook::entityKvChange))
                .step("tell-entity-kv-changed", EntityWork::isChanged, steps.tell("entity.kv-changed"))
                .step("save-entity", steps::save);
    }

    /** Entities keep their own keys. */
    private Operation<EntityWork> changeKeys(UnaryOperator<Map<String, List<String>>> change) {
        return Operation.<EntityWork>named("entity-keys")
                .step("require-modify-entity-keys", EntityWork::isOfAnother, requires(Capability.MODIFY_ENTITY_KEYS))
                .check("load-entity", steps::load)
                .step("change-keys", work -> work.entity = work.entity.withKeys(change.apply(work.entity.keys())))
                .step("refuse-malformed-entity", steps::refuseMalformedEntity)
                .hook("EntityKeyChange", steps.hook(DirectoryHook::entityKeyChange))
                .step("tell-entity-keys-changed", EntityWork::isChanged, steps.tell("entity.keys-changed"))
                .step("save-entity", steps::save);
    }

    private Operation<EntityWork> lock() {
        return Operation.<EntityWork>named("entity-lock")
                .step("require-lock-entity", requires(Capability.LOCK_ENTITY))
                .check("refuse-root", steps::refuseRoot)
                .check("load-entity", steps::load)
                .step("lock-entity", work -> work.entity = work.entity.withLocked(true))
                .hook("EntityLock", steps.hook(DirectoryHook::entityLock))
                .step("tell-entity-locked", EntityWork::isChanged, steps.tell("entity.locked"))
                .step("save-entity", steps::save);
    }

    private Operation<EntityWork> unlock() {
        return Operation.<EntityWork>named("entity-unlock")
                .step("require-unlock-entity", requires(Capability.UNLOCK_ENTITY))
                .check("load-entity", steps::load)
                .step("unlock-entity", work -> work.entity = work.entity.withLocked(false))
                .hook("EntityUnlock", steps.hook(DirectoryHook::entityUnlock))
                .step("tell-entity-unlocked", EntityWork::isChanged, steps.tell("entity.unlocked"))
                .step("save-entity", steps::save);
    }

    private Operation<EntityWork> destroy() {
        return Operation.<EntityWork>named("entity-destroy")
                .step("require-destroy-entity", requires(Capability.DESTROY_ENTITY))
                .check("refuse-root", steps::refuseRoot)
                .check("load-entity", steps::load)
                .hook("EntityDestroy", steps.hook(DirectoryHook::entityDestroy))
                .step("tell-entity-destroyed", steps.tell("entity.destroyed"))
                .step("destroy-entity", steps::destroy);
    }

    /** Whether the caller may is settled before: by capability, or by proving the current secret. */
    private Operation<EntityWork> changeSecret() {
        return Operation.<EntityWork>named("secret-change")
                .check("load-entity", steps::load)
                .step("refuse-stronger-entity", steps::refuseStrongerEntity)
                .step("refuse-unusable-secret", steps::refuseUnusableSecret)
                .hook("PreSecretChange", steps.secretHook(DirectoryHook::preSecretChange))
                .step("set-secret", steps::setSecret)
                .hook("PostSecretChange", steps.secretHook(DirectoryHook::postSecretChange))
                .step("tell-entity-secret-changed", EntityWork::isChanged, steps.tell("entity.secret-changed"))
                .step("save-entity", steps::save);
    }

    private Operation<EntityWork> changeMembership(String group, UnaryOperator<Entity> change) {
        return Operation.<EntityWork>named("membership-change")
                .step("require-modify-group-members", work -> steps.requireGroupRight(work, group))
                .check("load-entity", steps::load)
                .step("change-membership", work -> work.entity = change.apply(work.entity))
                .step("refuse-conferring-more", steps::refuseConferringMore)
                .hook("MembershipChange", steps.hook(DirectoryHook::membershipChange))
                .step("tell-membership-changed", EntityWork::isChanged, work -> steps.tellMembership(work, group))
                .step("save-entity", steps::save);
    }

    private Operation<EntityWork> changeCapabilities(UnaryOperator<Set<Capability>> change) {
        return Operation.<EntityWork>named("entity-capabilities")
                .step("require-global-root", requires(Capability.GLOBAL_ROOT))
                .check("refuse-root", steps::refuseRoot)
                .check("load-entity", steps::load)
                .step(
                        "change-capabilities",
                        work -> work.entity = work.entity.withCapabilities(change.apply(work.entity.capabilities())))
                .hook("EntityCapabilityChange", steps.hook(DirectoryHook::entityCapabilityChange))
                .step(
                        "tell-entity-capabilities-changed",
                        EntityWork::isChanged,
                        steps.tell("entity.capabilities-changed"))
                .step("save-entity", steps::save);
    }

    /** Of the given entity, name, number, metadata and KV count; the rest is not for a creator to say. */
    Entity create(Caller caller, Entity entity, Optional<Secret> secret) {
        Entity given = new Entity(
                entity.id(),
                entity.number(),
                false,
                false,
                entity.meta(),
                Set.of(),
                Set.of(),
                Map.of(),
                entity.kv(),
                0);
        return run(create(), caller, given, secret, List.of());
    }

    Entity update(Caller caller, String id, Map<MetaField, String> changes) {
        return run(update(entity -> merged(entity, changes)), caller, id);
    }

    Entity changeKv(Caller caller, String id, UnaryOperator<Map<String, List<String>>> change) {
        return run(changeKv(change), caller, id);
    }

    Entity changeKeys(Caller caller, String id, UnaryOperator<Map<String, List<String>>> change) {
        return run(changeKeys(change), caller, id);
    }

    Entity lock(Caller caller, String id) {
        return run(lock(), caller, id);
    }

    Entity unlock(Caller caller, String id) {
        return run(unlock(), caller, id);
    }

    void destroy(Caller caller, String id) {
        run(destroy(), caller, id);
    }

    void changeSecret(Caller caller, String id, Secret secret) {
        run(changeSecret(), caller, Entity.named(id), Optional.of(secret), List.of());
    }

    Entity addMember(Caller caller, String group, String id) {
        return changeMembership(caller, group, id, groups -> groups.add(group));
    }

    Entity removeMember(Caller caller, String group, String id) {
        return changeMembership(caller, group, id, groups -> groups.remove(group));
    }

    /** Takes the group's turn too, so that a group that is just being destroyed gets no new member. */
    private Entity changeMembership(Caller caller, String group, String id, Consumer<Set<String>> change) {
        UnaryOperator<Entity> changed = entity -> {
            Set<String> groups = new LinkedHashSet<>(entity.groups());
            change.accept(groups);
            return entity.withGroups(groups);
        };
        return run(
                changeMembership(group, changed),
                caller,
                Entity.named(id),
                Optional.empty(),
                List.of(GroupOperations.turn(group)));
    }

    Entity changeCapabilities(Caller caller, String id, UnaryOperator<Set<Capability>> change) {
        return run(changeCapabilities(change), caller, id);
    }

    private Entity run(Operation<EntityWork> operation, Caller caller, String id) {
        return run(operation, caller, Entity.named(id), Optional.empty(), List.of());
    }

    private Entity run(
            Operation<EntityWork> operation,
            Caller caller,
            Entity entity,
            Optional<Secret> secret,
            List<String> before) {
        List<String> names = new ArrayList<>(before);
        names.add(turn(entity.id()));
        Intent intent = new Intent(caller, operation.name(), entity.id(), names);
        return transactions.run(intent, hooks -> {
            EntityWork work = new EntityWork(caller, hooks, entity, secret);
            try {
                operation.run(work);
            } catch (RuntimeException undone) {
                steps.undo(work);
                throw undone;
            }
            return work.entity;
        });
    }

    static String turn(String id) {
        return "entity " + id;
    }

    private static Entity merged(Entity entity, Map<MetaField, String> changes) {
        Entity merged = entity;
        for (Map.Entry<MetaField, String> change : changes.entrySet()) {
            merged = merged.withMeta(change.getKey(), change.getValue());
        }
        return merged;
    }

    private static Consumer<EntityWork> requires(Capability capability) {
        return work -> work.caller.require(capability);
    }

    /** The tables, for the operator to read. */
    List<Operation<EntityWork>> tables() {
        return List.of(
                create(),
                update(entity -> entity),
                changeKv(kv -> kv),
                changeKeys(keys -> keys),
                lock(),
                unlock(),
                destroy(),
                changeSecret(),
                changeMembership("", entity -> entity),
                changeCapabilities(held -> held));
    }
}
