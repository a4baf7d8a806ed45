package org.latchkey.oauth.token;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Sessions;

/** Nobody is signed in. */
final class NoSessions implements Sessions {

    @Override
    public List<Trace> of(Principal principal) {
        return List.of();
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
        return Optional.empty();
    }

    @Override
    public boolean use(Session judged, Set<String> names) {
        return false;
    }

    @Override
    public Optional<Session> find(String cookie) {
        return Optional.empty();
    }

    @Override
    public Optional<Session> byId(String id) {
        return Optional.empty();
    }

    @Override
    public void end(String id) {}
}
