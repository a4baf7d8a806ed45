package org.latchkey.grant.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.Caller;
import org.latchkey.api.Claims;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Sessions;

/** Sessions that begin and end by hand. */
final class FakeSessions implements Sessions {

    private final Map<String, Session> all = new ConcurrentHashMap<>();

    Session begin(String id, String name, Instant now) {
        Principal principal = new Principal(name, "directory", Set.of(), Set.of());
        Session session = new Session(id, principal, Claims.NONE, now, now.plusSeconds(3600), false, false);
        all.put(id, session);
        return session;
    }

    @Override
    public Begun begin(
            Caller caller,
            Principal principal,
            Wishes wishes,
            Optional<String> before,
            Map<String, Set<String>> proofs,
            String userAgent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Begun> proved(Session session, String name, Set<String> amr) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean use(Session judged, Set<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Session> find(String cookie) {
        return Optional.empty();
    }

    @Override
    public List<Trace> of(Principal principal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Session> byId(String id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public void end(String id) {
        all.remove(id);
    }
}
