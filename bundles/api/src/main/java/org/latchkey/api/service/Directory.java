package org.latchkey.api.service;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.osgi.annotation.versioning.ProviderType;

/** Reads who exists. Calls no hook, so a hook may refer to it. */
@ProviderType
public interface Directory {

    Optional<Entity> entity(String id);

    Optional<Group> group(String name);

    /**
     * Entities by id.
     *
     * @param query {@code *} for all, {@code abc*} for ids that start so, else one id
     * @param after the cursor of the page before, empty for the first
     * @param limit 1 to 1,000
     */
    Page<Entity> entities(String query, String after, int limit);

    /** Groups by name; parameters as for {@link #entities}. */
    Page<Group> groups(String query, String after, int limit);

    /** The groups an entity is in in effect, rules included; refused (NOT_FOUND) if there is no such entity. */
    Set<String> groupsOf(String id);

    /**
     * The entities in a group in effect, rules included, by id; refused (NOT_FOUND) if there is no such group. A page
     * may hold fewer than asked for and yet have a next.
     */
    Page<Entity> members(String group, String after, int limit);

    /** What an entity may do, by itself and through its groups. */
    Set<Capability> capabilities(Entity entity);
}
