package org.latchkey.auth.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.extension.SessionObserver.Cause;

/** Where sessions are kept. */
interface Shelf {

    Optional<Kept> get(String key);

    Optional<Kept> byId(String id);

    /** Some of those of an entity, by key. */
    List<Kept> ofEntity(String id, int most);

    /** Puts it there, in place of one with another key or of none. */
    void put(Kept session, Optional<Kept> before);

    /** Puts it in place of what it was made of; false if that was changed or ended meanwhile. */
    boolean change(Kept session);

    /** Notes its use; whether that succeeds is of no weight. */
    void touch(Kept session);

    /** Takes it away and tells of it; false if it is gone already, so that its end is told of once. */
    boolean remove(Kept session, Cause cause);

    /** Some of all, those after that key, by key. */
    List<Kept> after(String key, int most);

    /** Some of those that end by then at the latest. */
    List<Kept> endingBy(Instant then, int most);
}
