package org.latchkey.api.extension;

import org.latchkey.api.service.Sessions.Session;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of the end of sessions, so that what a protocol gave out for them can end too. */
@ConsumerType
@FunctionalInterface
public interface SessionObserver {

    /** Why a session ended. */
    enum Cause {
        SIGNED_OUT,
        /** It was not used for too long, or its longest time was over. */
        EXPIRED,
        /** Its entity was locked or destroyed, or its secret changed; found within a minute or so, while it is not used any more at once. */
        REVOKED,
        /** Somebody else signed in at the same browser. */
        REPLACED
    }

    /** A session has ended. Must not wait for anybody outside. */
    void ended(Session session, Cause cause);
}
