package org.latchkey.oauth.token;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Entity;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.api.service.Sessions;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;

/** Whether somebody who allowed something is still there to have allowed it. */
public final class Owners {

    private static final Standing NOBODY = new Standing(0, false, 0);

    private final Directory directory;
    private final Sessions sessions;

    public Owners(Directory directory, Sessions sessions) {
        this.directory = directory;
        this.sessions = sessions;
    }

    /** How the entity of that name stands, by which it is known again; number 0 if there is none. */
    public Standing standing(String id) {
        return directory.standing(id).orElse(NOBODY);
    }

    /** Their entity, if they have one. */
    public Optional<Entity> entity(Owner owner) {
        return directory.entity(owner.id()).filter(each -> each.number() == owner.number());
    }

    /** Whether they are neither locked nor gone, and still have the secret they had, as far as the directory knows them. */
    public boolean isActive(Owner owner) {
        return directory
                .standing(owner.id())
                .map(now -> !now.locked() && now.number() == owner.number() && now.era() == owner.era())
                .orElse(owner.number() == 0);
    }

    /** Whether new tokens may be given out: the owner is active, and signed in where that matters. */
    public boolean mayRefresh(Authorization authorization) {
        Owner owner = authorization.owner();
        return authorization.offline() ? isActive(owner) : mayGrant(owner);
    }

    /** Whether they can allow anything at this moment: active, and still signed in where they allow it. */
    public boolean mayGrant(Owner owner) {
        return isActive(owner)
                && (owner.session().isEmpty() || sessions.byId(owner.session()).isPresent());
    }

    /** The groups they are in: at this moment, or, of somebody whom the directory does not know, when they signed in. */
    Set<String> groups(Owner owner) {
        return entity(owner).isPresent()
                ? directory.groupsOf(owner.id())
                : owner.known().memberOf();
    }
}
