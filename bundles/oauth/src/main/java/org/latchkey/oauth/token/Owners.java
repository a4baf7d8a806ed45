package org.latchkey.oauth.token;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Entity;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.api.service.Sessions;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;

/** Whether somebody who allowed something is still there to have allowed it. */
public final class Owners {

    private static final Standing NOBODY = new Standing(0, false, 0);

    private final Directory directory;
    private final Sessions sessions;
    private final Sources sources;

    public Owners(Directory directory, Sessions sessions, Sources sources) {
        this.directory = directory;
        this.sessions = sessions;
        this.sources = sources;
    }

    /** How the entity of that name stands, by which it is known again; number 0 if there is none. */
    public Standing standing(String id) {
        return directory.standing(id).orElse(NOBODY);
    }

    /** Their entity, if they have one. */
    public Optional<Entity> entity(Owner owner) {
        return directory.entity(owner.id()).filter(each -> each.number() == owner.number());
    }

    /**
     * Whether they are neither locked nor gone, and still have the secret they had, as far as the directory knows them, and what
     * vouches for them is there.
     */
    public boolean isActive(Owner owner) {
        return sources.isThere(owner.source()) && isWelcome(owner);
    }

    /** Whether what was allowed is good: its owner is active, and the plugin's grant by which it was allowed is there. */
    boolean isGood(Authorization authorization) {
        return isVouchedFor(authorization) && isWelcome(authorization.owner());
    }

    private boolean isVouchedFor(Authorization authorization) {
        return sources.isThere(authorization.owner().source())
                && authorization.requested(Sources.GRANT).map(sources::isThere).orElse(true);
    }

    /**
     * Refuses while what vouches for its owner, or the plugin's grant by which it was allowed, is not there. That is for now: it
     * may start in a moment, as after a start of the server, and what was allowed goes on then.
     *
     * @throws Refused {@code temporarily_unavailable} (503)
     */
    void requireSources(Authorization authorization) throws Refused {
        if (!isVouchedFor(authorization)) {
            throw Refused.of("temporarily_unavailable", 503, "The plugin that vouches for this is not there.");
        }
    }

    private boolean isWelcome(Owner owner) {
        return directory
                .standing(owner.id())
                .map(now -> !now.locked() && now.number() == owner.number() && now.era() == owner.era())
                .orElse(owner.number() == 0);
    }

    /** Whether new tokens may be given out: the owner is active, and signed in where that matters. */
    public boolean mayRefresh(Authorization authorization) {
        return isVouchedFor(authorization) && lasts(authorization);
    }

    /** The same, also while nothing vouches for them: then it is good again once that is back. */
    public boolean lasts(Authorization authorization) {
        Owner owner = authorization.owner();
        return isWelcome(owner) && (authorization.offline() || isSignedIn(owner));
    }

    /** Whether they can allow anything at this moment: active, and still signed in where they allow it. */
    public boolean mayGrant(Owner owner) {
        return isActive(owner) && isSignedIn(owner);
    }

    private boolean isSignedIn(Owner owner) {
        return owner.session().isEmpty() || sessions.byId(owner.session()).isPresent();
    }

    /** The groups they are in: at this moment, or, of somebody whom the directory does not know, when they signed in. */
    Set<String> groups(Owner owner) {
        return entity(owner).isPresent()
                ? directory.groupsOf(owner.id())
                : owner.known().memberOf();
    }
}
