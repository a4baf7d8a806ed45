package org.latchkey.api.extension;

import org.latchkey.api.service.Sessions.Session;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of the end of sessions, so that what a protocol gave out for them can end too. */
@ConsumerType
@FunctionalInterface
public interface SessionObserver {

    /** A session has ended, by whatever cause. Must not wait for anybody outside. */
    void ended(Session session);
}
