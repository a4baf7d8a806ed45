package org.latchkey.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.service.Directory;

/** A directory of entities that a test puts there. */
final class FakeDirectory implements Directory {

    private final Map<String, Entity> entities = new LinkedHashMap<>();

    void put(Entity entity) {
        entities.put(entity.id(), entity);
    }

    void remove(String id) {
        entities.remove(id);
    }

    @Override
    public Optional<Entity> entity(String id) {
        return Optional.ofNullable(entities.get(id));
    }

    @Override
    public Optional<Group> group(String name) {
        return Optional.empty();
    }

    @Override
    public Page<Entity> entities(String query, String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Group> groups(String query, String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> groupsOf(String id) {
        return entities.get(id).groups();
    }

    @Override
    public Page<Entity> members(String group, String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Capability> capabilities(Entity entity) {
        return entity.capabilities();
    }
}
