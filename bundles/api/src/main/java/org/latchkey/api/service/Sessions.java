package org.latchkey.api.service;

import java.time.Instant;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is signed in at which browser: the session that all protocols share. What the browser holds is kept as a hash
 * only. Ends when somebody signs out, after its idle time or its longest time, and when its entity is locked or gone.
 */
@ProviderType
public interface Sessions {

    /**
     * One session.
     *
     * @param id names it to the server's parts; not what the browser holds
     * @param principal who they are, as they were when they signed in
     * @param claims what was known of them then
     * @param signedInAt when they last proved who they are
     * @param expiresAt when it ends at the latest
     * @param remembered whether they asked to be remembered on this device
     * @param warned whether they want to be asked before they are signed in to another service
     */
    record Session(
            String id,
            Principal principal,
            Claims claims,
            Instant signedInAt,
            Instant expiresAt,
            boolean remembered,
            boolean warned) {}

    /** What somebody asks for when signing in. */
    record Wishes(boolean remember, boolean warn) {}

    /** A new session, and what the browser is to hold; {@link #toString()} does not show that. */
    record Begun(Session session, String cookie) {

        @Override
        public String toString() {
            return "Begun[session=" + session.id() + "]";
        }
    }

    /**
     * Begins a session for somebody who has just proved who they are. Always a new one with a new cookie; the one that the
     * browser had is ended.
     *
     * @param before the cookie it had, if any
     */
    Begun begin(Caller caller, Principal principal, Wishes wishes, Optional<String> before);

    /** The session of a cookie, if it still lives; asking for it counts as use. */
    Optional<Session> find(String cookie);

    /** The session of that id, if it still lives. */
    Optional<Session> byId(String id);

    /** Ends it, and tells every {@link org.latchkey.api.extension.SessionObserver}. */
    void end(String id);
}
