package org.latchkey.api.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
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

    /** Sets the values of one key of an entity's KV; no values remove the key. */
    Entity putEntityKv(Caller caller, String id, String key, List<String> values);

    Entity lockEntity(Caller caller, String id);

    Entity unlockEntity(Caller caller, String id);

    void destroyEntity(Caller caller, String id);

    /** Sets a secret. Whoever changes their own proves the current one, through every authentication hook. */
    void changeSecret(Caller caller, String id, Secret secret, Optional<Secret> current);

    Entity addMember(Caller caller, String group, String id);

    Entity removeMember(Caller caller, String group, String id);

    /** Replaces what an entity may do by itself; only root grants. */
    Entity setEntityCapabilities(Caller caller, String id, Set<Capability> capabilities);

    Group createGroup(Caller caller, Group group);

    /** Sets display name and managing group where given; an empty value clears. */
    Group updateGroup(Caller caller, String name, Optional<String> displayName, Optional<String> managedBy);

    /** Sets the values of one key of a group's KV; no values remove the key. */
    Group putGroupKv(Caller caller, String name, String key, List<String> values);

    /** Destroys a group; its members leave it in the same transaction. */
    void destroyGroup(Caller caller, String name);

    /** Replaces what a group confers on its members; only root grants. */
    Group setGroupCapabilities(Caller caller, String name, Set<Capability> capabilities);
}
