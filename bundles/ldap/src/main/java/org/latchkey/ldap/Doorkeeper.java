package org.latchkey.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Optional;
import org.latchkey.api.Entity;
import org.latchkey.api.service.Directory;

/**
 * Says what somebody may see, anew for each request: who is locked, destroyed or lost their capabilities loses at once
 * what they could see, also on a connection they opened before.
 */
final class Doorkeeper {

    private final Directory directory;
    private final boolean allowAnonymous;

    Doorkeeper(Directory directory, boolean allowAnonymous) {
        this.directory = directory;
        this.allowAnonymous = allowAnonymous;
    }

    /** Refuses nobody, the locked and the gone, and (CONFIDENTIALITY_REQUIRED) who could be listened to. */
    Reader reader(Session session) throws LDAPException {
        requirePrivate(session);
        if (session.holder().isEmpty()) {
            if (!allowAnonymous) {
                throw denied("Bind first.");
            }
            return new Reader(true, Optional.empty());
        }
        Session.Holder holder = session.holder().get();
        Optional<Entity> entity = Range.isName(holder.id()) ? directory.entity(holder.id()) : Optional.empty();
        if (isOut(holder, entity)) {
            session.signOut();
            throw denied("Whoever is signed in here may not go on.");
        }
        return new Reader(
                allowAnonymous
                        || entity.filter(one -> !directory.capabilities(one).isEmpty())
                                .isPresent(),
                entity.map(Entity::id));
    }

    /** Refuses (CONFIDENTIALITY_REQUIRED) to let secrets and people's data cross the network in the clear. */
    static void requirePrivate(Session session) throws LDAPException {
        if (!session.line().isPrivate()) {
            throw new LDAPException(ResultCode.CONFIDENTIALITY_REQUIRED, "Use StartTLS or LDAPS.");
        }
    }

    /** Another entity that got the name since is not the one that signed in. */
    private static boolean isOut(Session.Holder holder, Optional<Entity> entity) {
        boolean same = entity.map(Entity::number).equals(holder.number());
        return !same || entity.filter(Entity::locked).isPresent();
    }

    private static LDAPException denied(String message) {
        return new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, message);
    }
}
