package org.latchkey.oauth.logout;

import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Subjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a request to sign out is believed. Whatever is doubtful counts as not said, and the person is asked: a hint that is
 * not genuine takes all else with it, and a post_logout_redirect_uri that is not registered, character by character, is never
 * gone to. Why is in the log, for whoever develops the client.
 */
final class SignOutChecks {

    private static final Logger log = LoggerFactory.getLogger(SignOutChecks.class);

    /** Of all parameters together, in characters. */
    private static final int LONGEST = 24 * 1024;

    private final Clients clients;
    private final IdTokens idTokens;
    private final Subjects subjects;

    SignOutChecks(Clients clients, IdTokens idTokens, Subjects subjects) {
        this.clients = clients;
        this.idTokens = idTokens;
        this.subjects = subjects;
    }

    SignOutRequest believed(Parameters parameters) throws Refused {
        if (SignOutRequest.size(parameters) > LONGEST) {
            throw Refused.of("invalid_request", 413, "The request is too long.");
        }
        String locales = parameters.get("ui_locales").orElse("");
        Optional<Map<String, Object>> hint = parameters.get("id_token_hint").flatMap(idTokens::ours);
        if (hint.isEmpty() && parameters.has("id_token_hint")) {
            return doubtful("The id_token_hint is no id token of this server", "", locales);
        }
        Optional<String> audience = hint.map(claims -> String.valueOf(claims.get("aud")));
        Optional<String> named = parameters.get("client_id");
        if (audience.isPresent() && named.isPresent() && !audience.equals(named)) {
            return doubtful("The id_token_hint was made for another client", named.get(), locales);
        }
        Optional<RegisteredClient> client = audience.or(() -> named).flatMap(this::client);
        if (client.isEmpty()) {
            return SignOutRequest.anonymous(locales);
        }
        Optional<String> wanted = parameters.get("post_logout_redirect_uri");
        Optional<String> returnTo = wanted.filter(client.get()::hasPostLogoutRedirectUri);
        if (wanted.isPresent() && returnTo.isEmpty()) {
            note("The post_logout_redirect_uri is not registered", client.get().id());
            hint = Optional.empty();
        }
        return new SignOutRequest(
                client, hint, returnTo, parameters.get("state"), parameters.get("logout_hint"), locales);
    }

    /** None if clients cannot be looked up: that keeps nobody from signing out. */
    private Optional<RegisteredClient> client(String id) {
        try {
            return clients.find(id);
        } catch (Refusal unavailable) {
            note("Clients cannot be looked up", id);
            return Optional.empty();
        }
    }

    private static SignOutRequest doubtful(String reason, String client, String locales) {
        note(reason, client);
        return SignOutRequest.anonymous(locales);
    }

    private static void note(String reason, String client) {
        log.atInfo().addKeyValue("client", client).addKeyValue("reason", reason).log("a sign-out has to be confirmed");
    }

    /**
     * Whether the client has shown that it was signed in to in this very session, so that nobody has to be asked. An id token
     * of another session of the same person does not do, nor one for somebody else than the client means.
     */
    boolean isOf(SignOutRequest request, Session session) {
        return request.hint().isPresent()
                && belongs(request.hint().get(), request.client().orElseThrow(), session)
                && request.logoutHint()
                        .filter(hint -> !isWhoIsMeant(hint, request.client().orElseThrow(), session))
                        .isEmpty();
    }

    private boolean belongs(Map<String, Object> hint, RegisteredClient client, Session session) {
        boolean isThisPerson = subjects.of(client, session.principal().id()).equals(hint.get("sub"));
        Object sid = hint.get("sid");
        return isThisPerson && (sid == null || IdTokens.sessionId(session.id()).equals(sid));
    }

    private boolean isWhoIsMeant(String hint, RegisteredClient client, Session session) {
        String name = session.principal().id();
        return hint.equals(name)
                || hint.equals(subjects.of(client, name))
                || hint.equals(IdTokens.sessionId(session.id()));
    }
}
