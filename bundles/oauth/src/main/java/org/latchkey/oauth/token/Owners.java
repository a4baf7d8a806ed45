package org.latchkey.oauth.token;

import java.util.Optional;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Sessions;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;

/** Whether somebody who allowed something is still there to have allowed it. */
public final class Owners {

    /** The source of those whom the built-in directory vouches for. */
    private static final String DIRECTORY = "directory";

    private final Directory directory;
    private final Sessions sessions;

    public Owners(Directory directory, Sessions sessions) {
        this.directory = directory;
        this.sessions = sessions;
    }

    /** The number of somebody's entity; 0 if they have none. */
    public long number(Principal principal) {
        return principal.source().equals(DIRECTORY)
                ? directory.entity(principal.id()).map(Entity::number).orElse(0L)
                : 0;
    }

    /** Their entity, if they have one. */
    public Optional<Entity> entity(Owner owner) {
        return owner.source().equals(DIRECTORY)
                ? directory.entity(owner.id()).filter(each -> each.number() == owner.number())
                : Optional.empty();
    }

    /** Whether they are neither locked nor gone; of those that the directory does not know, their session says so. */
    public boolean isActive(Owner owner) {
        return !owner.source().equals(DIRECTORY)
                || entity(owner).filter(each -> !each.locked()).isPresent();
    }

    /** Whether new tokens may be given out: the owner is active, and signed in where that matters. */
    public boolean mayRefresh(Authorization authorization) {
        Owner owner = authorization.owner();
        boolean isThere = authorization.offline()
                || owner.session().isEmpty()
                || sessions.byId(owner.session()).isPresent();
        return isThere && isActive(owner);
    }
}
