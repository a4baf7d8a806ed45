package org.latchkey.oauth.logout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Sessions;

/** Notes which sessions are ended; those that live are put in by the test. */
final class FakeSessions implements Sessions {

    final List<String> ended = new ArrayList<>();
    final Map<String, Session> living = new HashMap<>();

    @Override
    public void end(String id) {
        ended.add(id);
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
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Trace> of(Principal principal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Session> byId(String id) {
        return Optional.ofNullable(living.get(id));
    }
}
