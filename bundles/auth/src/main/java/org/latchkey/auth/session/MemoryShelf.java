package org.latchkey.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.extension.SessionObserver.Cause;

/** In memory: on a replica, where nothing is written. The oldest go when there are too many. */
final class MemoryShelf implements Shelf {

    private static final int MOST = 100_000;

    private final Duration idle;

    private final Cache<String, Kept> sessions =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    MemoryShelf(Duration idle) {
        this.idle = idle;
    }

    @Override
    public Optional<Kept> get(String key) {
        return Optional.ofNullable(sessions.getIfPresent(key));
    }

    @Override
    public Optional<Kept> byId(String id) {
        return sessions.asMap().values().stream()
                .filter(kept -> kept.session().id().equals(id))
                .findFirst();
    }

    @Override
    public List<Kept> ofEntity(String id, int most) {
        return sessions.asMap().values().stream()
                .filter(kept -> kept.session().principal().id().equals(id))
                .limit(most)
                .toList();
    }

    @Override
    public void put(Kept session, Optional<Kept> before) {
        before.ifPresent(old -> sessions.asMap().remove(old.key()));
        sessions.put(session.key(), session);
    }

    @Override
    public boolean change(Kept session) {
        Kept next = session.next();
        boolean[] changed = new boolean[1];
        sessions.asMap().computeIfPresent(session.key(), (key, before) -> {
            changed[0] = before.version() == session.version();
            return changed[0] ? next : before;
        });
        return changed[0];
    }

    @Override
    public void touch(Kept session) {
        sessions.asMap()
                .computeIfPresent(
                        session.key(), (key, before) -> before.version() == session.version() ? session : before);
    }

    /** Nobody is told: on a replica there is no outbox to use. */
    @Override
    public boolean remove(Kept session, Cause cause) {
        return sessions.asMap().remove(session.key()) != null;
    }

    @Override
    public List<Kept> after(String key, int most) {
        return sessions.asMap().values().stream()
                .filter(kept -> kept.key().compareTo(key) > 0)
                .sorted(Comparator.comparing(Kept::key))
                .limit(most)
                .toList();
    }

    @Override
    public List<Kept> endingBy(Instant then, int most) {
        return sessions.asMap().values().stream()
                .filter(kept -> !kept.until(idle).isAfter(then))
                .limit(most)
                .toList();
    }
}
