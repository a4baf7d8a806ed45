package org.latchkey.api.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is signed in at which browser: the session that all protocols share. What the browser holds is kept as a hash
 * only. Ends when somebody signs out, after its idle time or its longest time, and when its entity is locked, gone, or has
 * another secret than when it began.
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
     * @param proofs what exactly they proved who they are by, and when: {@link #PASSWORD} and names of schemes
     */
    record Session(
            String id,
            Principal principal,
            Claims claims,
            Instant signedInAt,
            Instant expiresAt,
            boolean remembered,
            boolean warned,
            Map<String, Proved> proofs) {

        public Session {
            proofs = Map.copyOf(proofs);
        }

        /** One of which it is not known by what. */
        public Session(
                String id,
                Principal principal,
                Claims claims,
                Instant signedInAt,
                Instant expiresAt,
                boolean remembered,
                boolean warned) {
            this(id, principal, claims, signedInAt, expiresAt, remembered, warned, Map.of());
        }

        /** The same with other proofs. */
        public Session with(Map<String, Proved> changed) {
            return new Session(id, principal, claims, signedInAt, expiresAt, remembered, warned, changed);
        }
    }

    /** The name of what is proved by a secret that somebody typed; no scheme has it. */
    String PASSWORD = "password";

    /**
     * Something that was proved in a session.
     *
     * @param amr how, in the words of RFC 8176
     * @param at when it was last proved
     * @param uses for how many authorizations it has counted since
     */
    record Proved(Set<String> amr, Instant at, int uses) {
        public Proved {
            amr = Set.copyOf(amr);
        }
    }

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
     * A session as the one whose it is may see it.
     *
     * @param usedAt when it was last used, to about a minute
     * @param address where its sign-in came from, empty if that is not known
     * @param userAgent what the browser said of itself then, at most 256 characters and not to be trusted; empty if nothing
     */
    record Trace(Session session, Instant usedAt, String address, String userAgent) {}

    /** Those of somebody that live, the last one used first; some hundreds at most. */
    List<Trace> of(Principal principal);

    /**
     * Begins a session for somebody who has just proved who they are. Always a new one with a new cookie; the one that the
     * browser had is ended, unless it is of the same person: then its id and what was proved in it go on.
     *
     * @param before the cookie it had, if any
     * @param proofs what they have just proved it by: the words of RFC 8176 by name
     * @param userAgent what the browser says of itself ({@code User-Agent}), for {@link #of}
     */
    Begun begin(
            Caller caller,
            Principal principal,
            Wishes wishes,
            Optional<String> before,
            Map<String, Set<String>> proofs,
            String userAgent);

    /** The same of somebody who proved it by what leaves no proof of its own, with a browser that says nothing. */
    default Begun begin(Caller caller, Principal principal, Wishes wishes, Optional<String> before) {
        return begin(caller, principal, wishes, before, Map.of(), "");
    }

    /**
     * Notes that somebody has proved more in a session. It goes on under a new cookie, so that whoever had got hold of the old
     * one has nothing of it.
     *
     * @return nothing if the session has ended meanwhile
     */
    Optional<Begun> proved(Session session, String name, Set<String> amr);

    /**
     * Counts one use of each of these proofs.
     *
     * @param judged the session as it was when they were found good
     * @return false, and nothing counted, if one of them was used or proved anew meanwhile: then judge again
     */
    boolean use(Session judged, Set<String> names);

    /** The session of a cookie, if it still lives; asking for it counts as use. */
    Optional<Session> find(String cookie);

    /** The session of that id, if it still lives. */
    Optional<Session> byId(String id);

    /** Ends it, and tells every {@link org.latchkey.api.extension.SessionObserver}. */
    void end(String id);
}
