package org.latchkey.oauth.logout;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.store.Store;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Subjects;

/** All that has to do with the end of sessions, of one instance. */
public final class Logout implements AutoCloseable {

    private static final int AT_ONCE = 16;
    private static final int PER_DESTINATION = 4;
    private static final int WAITING = 1_000;

    private final Participants participants;
    private final EndSession endSession;
    private final BackChannel backChannel;
    private final CheckSession checkSession = new CheckSession();
    private final SignIn signIn;

    /** The parts of the server that it works with. */
    public record Parts(
            Issuer issuer,
            Clients clients,
            SignIn signIn,
            Sessions sessions,
            Subjects subjects,
            IdTokens idTokens,
            SigningKeys keys,
            Store store,
            Outbound outbound,
            Clock clock) {}

    public Logout(Parts parts) {
        this.signIn = parts.signIn();
        this.participants =
                new Participants(parts.store(), parts.sessions(), parts.issuer().mount(), parts.clock());
        this.endSession = new EndSession(parts, participants);
        LogoutTokens tokens = new LogoutTokens(parts.issuer(), parts.keys(), parts.clock());
        this.backChannel =
                new BackChannel(parts.clients(), parts.subjects(), tokens, lane(parts.outbound()), BackChannel.PAUSES);
    }

    private static Outbound.Lane lane(Outbound outbound) {
        return outbound.open(new Outbound.Rules(
                "latchkey-oauth-told", AT_ONCE, PER_DESTINATION, WAITING, Set.of(), Optional.empty()));
    }

    /** What discovery says of it. */
    public static Map<String, Object> metadata(Issuer issuer) {
        return Map.of(
                "end_session_endpoint",
                issuer.at("/end-session"),
                "check_session_iframe",
                issuer.at("/check-session"),
                "backchannel_logout_supported",
                true,
                "backchannel_logout_session_supported",
                true,
                "frontchannel_logout_supported",
                true,
                "frontchannel_logout_session_supported",
                true);
    }

    /** {@code GET /end-session}. */
    public Response get(Request http) throws IOException {
        return endSession.get(http);
    }

    /** {@code POST /end-session}. */
    public Response post(Request http) throws IOException {
        return endSession.post(http);
    }

    /** {@code POST /end-session/confirm}. */
    public Response confirm(Request http) throws IOException {
        return endSession.confirm(http);
    }

    /** {@code GET /check-session}. */
    public Response checkSession(Request http) {
        return checkSession.answer(http);
    }

    /** Notes that a client is told who is signed in, so that it hears when that ends. */
    public void join(RegisteredClient client, Session session) {
        participants.join(client.id(), session);
    }

    /** {@code session_state} for an answer to a page of the web; a client that is none has no use for it. */
    public Optional<String> sessionState(RegisteredClient client, String redirectUri, Session session) {
        return WebOrigin.of(redirectUri)
                .map(origin -> SessionState.of(client.id(), origin, signIn.browserState(session)));
    }

    /**
     * A session has ended. Tells the clients in the background.
     *
     * @param authorized those that had an authorization, besides those that are known here
     */
    public void ended(Session session, Set<String> authorized) {
        Set<String> all = new TreeSet<>(authorized);
        all.addAll(participants.end(session.id()));
        backChannel.tell(session, all);
    }

    /** Takes away what has expired. */
    public void sweep() {
        participants.sweep();
    }

    /** Tells nobody any more. */
    @Override
    public void close() {
        backChannel.close();
    }
}
