package org.latchkey.oauth.logout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.token.IdTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames that sign somebody out at clients (OpenID Connect Front-Channel Logout 1.0). */
final class FrontChannel {

    private static final Logger log = LoggerFactory.getLogger(FrontChannel.class);

    private final Issuer issuer;
    private final Clients clients;

    FrontChannel(Issuer issuer, Clients clients) {
        this.issuer = issuer;
        this.clients = clients;
    }

    /** A frame, and the origin that it is of. */
    record Frame(String url, String origin) {}

    /** One for each client that has an address for it. A registry that does not work keeps nobody from signing out. */
    List<Frame> frames(String session, Collection<String> ids) {
        List<Frame> frames = new ArrayList<>();
        for (String id : ids) {
            try {
                clients.find(id).flatMap(client -> frame(client, session)).ifPresent(frames::add);
            } catch (Refusal unavailable) {
                log.atWarn()
                        .addKeyValue("client", id)
                        .addKeyValue("reason", unavailable.getMessage())
                        .log("a client is not looked up: somebody may still be signed in there");
            }
        }
        return frames;
    }

    private Optional<Frame> frame(RegisteredClient client, String session) {
        Optional<String> uri = client.client().text("frontchannel_logout_uri");
        Optional<String> origin = uri.flatMap(WebOrigin::of);
        return origin.map(known -> new Frame(
                client.is("frontchannel_logout_session_required") ? withSession(uri.get(), session) : uri.get(),
                known));
    }

    private String withSession(String uri, String session) {
        return uri + (uri.contains("?") ? "&" : "?") + "iss=" + URLEncoder.encode(issuer.url(), StandardCharsets.UTF_8)
                + "&sid=" + IdTokens.sessionId(session);
    }
}
