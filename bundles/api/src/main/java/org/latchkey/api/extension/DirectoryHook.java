package org.latchkey.api.extension;

import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A policy in the processing of entities and groups: NetAuth's twelve points, one more for failed authentication,
 * and those for memberships, keys, KV, capabilities and rules. Override what you need and register the class as a
 * service with {@code @Component}.
 *
 * <p>Each method gets what the hook before it returned and returns it, changed or not; or it throws a
 * {@link org.latchkey.api.Refusal}, and then nothing is stored. A hook may change metadata, KV and the
 * lock, never name, number, groups, capabilities, keys, rules or secret. What a change is about is the difference
 * between the value and {@link Change#before()}.
 */
@ConsumerType
public interface DirectoryHook {

    /** The grant that an operator gives in the configuration of a hook that must see plaintext secrets. */
    String SECRET_READ = "secret:read";

    /** A new entity with its number and secret set, before it is stored (NetAuth EntityCreate). */
    default Entity entityCreate(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** An entity with changed metadata or KV, before it is stored (NetAuth EntityUpdate). */
    default Entity entityUpdate(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** An entity just marked locked, before it is stored (NetAuth EntityLock). */
    default Entity entityLock(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** An entity just marked unlocked, before it is stored (NetAuth EntityUnlock). */
    default Entity entityUnlock(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** An entity about to be destroyed, which still exists (NetAuth EntityDestroy). */
    default Entity entityDestroy(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** A new group with its number set, before it is stored (NetAuth GroupCreate). */
    default Group groupCreate(Group group, Change<Group> change) {
        return group;
    }

    /** A group with changed data or KV, before it is stored (NetAuth GroupUpdate). */
    default Group groupUpdate(Group group, Change<Group> change) {
        return group;
    }

    /** A group about to be destroyed, which still exists (NetAuth GroupDestroy). */
    default Group groupDestroy(Group group, Change<Group> change) {
        return group;
    }

    /** Before a secret is set, at creation too; the place of a secret policy (NetAuth PreSecretChange). */
    default Entity preSecretChange(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** After the new secret took the old one's place, before it is stored (NetAuth PostSecretChange). */
    default Entity postSecretChange(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** Before the lock and the secret are checked (NetAuth PreAuthCheck); kept only if the sign-in succeeds. */
    default Entity preAuthCheck(Entity entity, Attempt attempt) {
        return entity;
    }

    /** After the secret was found right, before the sign-in counts (NetAuth PostAuthCheck). */
    default Entity postAuthCheck(Entity entity, Attempt attempt) {
        return entity;
    }

    /** After a sign-in was rejected for whatever reason; what it returns is stored on its own. */
    default Entity failedAuthCheck(Entity entity, Attempt attempt) {
        return entity;
    }

    /** An entity that joins or leaves groups, before it is stored. */
    default Entity membershipChange(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** An entity with a public key more or less, before it is stored. */
    default Entity entityKeyChange(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** An entity with changed KV, after {@link #entityUpdate} and before it is stored. */
    default Entity entityKvChange(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** An entity that gains or loses capabilities of its own, before it is stored. */
    default Entity entityCapabilityChange(Entity entity, Change<Entity> change) {
        return entity;
    }

    /** A group that confers more or less, before it is stored. */
    default Group groupCapabilityChange(Group group, Change<Group> change) {
        return group;
    }

    /** A group with changed KV, after {@link #groupUpdate} and before it is stored. */
    default Group groupKvChange(Group group, Change<Group> change) {
        return group;
    }

    /** A group with a rule more or less, before it is stored. */
    default Group groupRuleChange(Group group, Change<Group> change) {
        return group;
    }
}
