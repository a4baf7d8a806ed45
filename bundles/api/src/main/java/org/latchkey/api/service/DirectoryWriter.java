package org.latchkey.api.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Kv;
import org.latchkey.api.MetaField;
import org.latchkey.api.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one way to change the directory, for REST, shell, protocols and plugins alike. Every call checks the
 * caller's capabilities, runs the hooks of its point and stores all or nothing; what it will not do it says
 * with a {@link org.latchkey.api.Refusal}.
 */
@ProviderType
public interface DirectoryWriter {

    /** Creates an entity; number 0 asks for the next free one. Runs the secret points if a secret is given. */
    Entity createEntity(Caller caller, Entity entity, Optional<Secret> secret);

    /** Sets the given metadata fields and no others; an empty value clears. */
    Entity updateEntity(Caller caller, String id, Map<MetaField, String> changes);

    /** Changes an entity's KV by one of the functions of {@link Kv}, on what is stored by then. */
    Entity changeEntityKv(Caller caller, String id, UnaryOperator<Map<String, List<String>>> change);

    /** Adds a public key; one that is already there of that type is refused (EXISTS). Entities may do so themselves. */
    Entity addKey(Caller caller, String id, String type, String key);

    /** Removes exactly this public key; refused (NOT_FOUND) if it is not there. Entities may do so themselves. */
    Entity removeKey(Caller caller, String id, String type, String key);

    Entity lockEntity(Caller caller, String id);

    Entity unlockEntity(Caller caller, String id);

    void destroyEntity(Caller caller, String id);

    /** Sets a secret. Whoever changes their own proves the current one, through every authentication hook. */
    void changeSecret(Caller caller, String id, Secret secret, Optional<Secret> current);

    Entity addMember(Caller caller, String group, String id);

    Entity removeMember(Caller caller, String group, String id);

    /** Changes what an entity may do by itself, given what it may by then; only root grants. */
    Entity changeEntityCapabilities(Caller caller, String id, UnaryOperator<Set<Capability>> change);

    Group createGroup(Caller caller, Group group);

    /** Sets display name and managing group where given; an empty value clears. */
    Group updateGroup(Caller caller, String name, Optional<String> displayName, Optional<String> managedBy);

    /** Changes a group's KV by one of the functions of {@link Kv}, on what is stored by then. */
    Group changeGroupKv(Caller caller, String name, UnaryOperator<Map<String, List<String>>> change);

    /**
     * Has a group include or exclude the members of another, in place of any rule it had for it. Refuses (CONFLICT)
     * what would make a group depend on itself.
     */
    Group setRule(Caller caller, String name, String target, Group.Rule rule);

    /** Drops exactly this rule; refused (NOT_FOUND) if the group has none for that target, which need not exist. */
    Group removeRule(Caller caller, String name, String target);

    /**
     * Destroys a group; its members leave it in the same transaction. Refused (CONFLICT) while rules of other groups
     * name it, or while it manages others.
     */
    void destroyGroup(Caller caller, String name);

    /** Changes what a group confers on its members, given what it does by then; only root grants. */
    Group changeGroupCapabilities(Caller caller, String name, UnaryOperator<Set<Capability>> change);
}
