package org.latchkey.api;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a caller may do (NetAuth's twelve capabilities); held directly or through a group. */
public enum Capability {
    GLOBAL_ROOT,
    CREATE_ENTITY,
    DESTROY_ENTITY,
    MODIFY_ENTITY_META,
    MODIFY_ENTITY_KEYS,
    CHANGE_ENTITY_SECRET,
    LOCK_ENTITY,
    UNLOCK_ENTITY,
    CREATE_GROUP,
    DESTROY_GROUP,
    MODIFY_GROUP_META,
    MODIFY_GROUP_MEMBERS;

    /** Whether somebody who holds {@code held} may do this; {@link #GLOBAL_ROOT} implies all. */
    public boolean in(Collection<Capability> held) {
        return held.contains(this) || held.contains(GLOBAL_ROOT);
    }

    /** The capability of that name in any case, if there is one. */
    public static Optional<Capability> of(String name) {
        return Stream.of(values())
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
