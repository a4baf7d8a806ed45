package org.latchkey.example.hook;

import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.osgi.service.component.annotations.Component;

@Component
public final class ReservedNames implements DirectoryHook {
    @Override
    public Entity entityCreate(Entity entity, Change<Entity> change) {
        if (entity.id().startsWith("admin")) throw new Refusal("reserved", "Names that start with admin are reserved.");
        return entity;
    }
}
