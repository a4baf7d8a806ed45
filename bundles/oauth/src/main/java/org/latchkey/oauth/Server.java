package org.latchkey.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.account.Applications;
import org.latchkey.oauth.authorize.Authorize;
import org.latchkey.oauth.authorize.AuthorizeParts;
import org.latchkey.oauth.authorize.RequestSources;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.logout.Logout;
import org.latchkey.oauth.par.PushEndpoint;
import org.latchkey.oauth.registration.Admission;
import org.latchkey.oauth.requestobject.RequestUris;
import org.latchkey.oauth.scope.Acrs;
import org.latchkey.oauth.token.GrantedAnswers;
import org.latchkey.oauth.token.Introspection;
import org.latchkey.oauth.token.PluginGrants;
import org.latchkey.oauth.token.SignedUserInfo;
import org.latchkey.oauth.token.TokenEndpoint;
import org.latchkey.oauth.token.UserInfo;

/** One instance, put together: which address does what. */
final class Server {

    private final Routes routes;
    private final Cors cors;
    private final Registrations registrations;
    private final PluginGrants plugins;
    private final Holdings holdings;
    private final Logout logout;
    private final Applications applications;

    Server(
            Issuer issuer,
            Settings settings,
            List<JWSAlgorithm> algorithms,
            Acrs acrs,
            Admission admission,
            Surroundings around,
            Clock clock) {
        this.holdings = Holdings.of(around, issuer.mount(), algorithms, clock);
        this.cors = new Cors(origin -> holdings.clients().isAt(issuer.mount(), origin));
        ClientParts clients = ClientParts.of(issuer, settings, holdings, around, clock);
        TokenParts parts = TokenParts.of(issuer, settings, acrs, holdings, clients.all(), around, clock);
        this.plugins = plugins(issuer, settings, clients, parts, around, clock);
        this.logout = logout(issuer, clients, parts, around, clock);
        this.applications =
                new Applications(holdings.consents(), holdings.authorizations(), parts.owners(), clients.all(), clock);
        TokenEndpoint tokens = TokenEndpoint.of(
                settings,
                clients.authentication(),
                holdings.authorizations(),
                parts.owners(),
                parts.answers(),
                plugins,
                clients.proofs(),
                clients.tls(),
                parts.entitlements(),
                clock);
        this.registrations = registrations(issuer, settings, clients, tokens, admission, around, clock);
        this.routes = new Routes();
        addDiscovery(new Discovery(
                issuer,
                settings,
                acrs,
                holdings.keys(),
                tokens,
                clients.proofs(),
                clients.objects(),
                plugins,
                clients.tls()));
        addAuthorize(authorize(issuer, settings, clients, parts, around, clock), clients, settings);
        addTokens(issuer, settings, clients, parts, tokens);
        addLogout();
    }

    private PluginGrants plugins(
            Issuer issuer, Settings settings, ClientParts clients, TokenParts parts, Surroundings around, Clock clock) {
        GrantedAnswers granted = new GrantedAnswers(new GrantedAnswers.Parts(
                settings,
                holdings.authorizations(),
                parts.inspection(),
                parts.owners(),
                around.authentication(),
                parts.answers(),
                parts.entitlements(),
                clock));
        Instance instance = new Instance(issuer, settings, clients.all(), clients.authentication(), parts.inspection());
        return new PluginGrants(around.points(), instance, granted);
    }

    private Logout logout(Issuer issuer, ClientParts clients, TokenParts parts, Surroundings around, Clock clock) {
        return new Logout(new Logout.Parts(
                issuer,
                clients.all(),
                around.signIn(),
                around.sessions(),
                parts.subjects(),
                parts.idTokens(),
                holdings.keys(),
                around.store(),
                around.outbound(),
                clock));
    }

    private Authorize authorize(
            Issuer issuer, Settings settings, ClientParts clients, TokenParts parts, Surroundings around, Clock clock) {
        return new Authorize(new AuthorizeParts(
                issuer,
                settings,
                clients.all(),
                around.signIn(),
                around.authentication(),
                holdings.consents(),
                holdings.authorizations(),
                parts.owners(),
                parts.subjects(),
                parts.idTokens(),
                parts.claims(),
                parts.answers(),
                logout,
                holdings.seal("interaction"),
                holdings.pushed(),
                new RequestSources(
                        settings.security(), holdings.pushed(), clients.objects(), new RequestUris(around.documents())),
                holdings.keys(),
                parts.entitlements(),
                clock));
    }

    private Registrations registrations(
            Issuer issuer,
            Settings settings,
            ClientParts clients,
            TokenEndpoint tokens,
            Admission admission,
            Surroundings around,
            Clock clock) {
        return new Registrations(
                issuer,
                around.store(),
                holdings.clients(),
                () -> Registrations.offer(
                        issuer,
                        settings,
                        clients.tls(),
                        tokens.types(),
                        holdings.keys().algorithms(),
                        clients.objects().algorithms()),
                around.documents(),
                admission,
                around.tokens(),
                around.audit(),
                clock);
    }

    private void addDiscovery(Discovery discovery) {
        routes.get("/.well-known/openid-configuration", discovery::answer)
                .get("/.well-known/oauth-authorization-server", discovery::answer)
                .get("/jwks", discovery::keys);
    }

    private void addAuthorize(Authorize authorize, ClientParts clients, Settings settings) {
        PushEndpoint push = new PushEndpoint(
                clients.authentication(),
                authorize::vetted,
                holdings.pushed(),
                clients.proofs(),
                settings.security().pushed());
        routes.get("/authorize", authorize::request)
                .post("/authorize", authorize::request)
                .post("/login", authorize::login)
                .post("/consent", authorize::consent)
                .post("/proof", authorize::proof)
                .post("/par", push::answer);
    }

    private void addTokens(
            Issuer issuer, Settings settings, ClientParts clients, TokenParts parts, TokenEndpoint tokens) {
        UserInfo userInfo = new UserInfo(
                parts.inspection(),
                parts.claims(),
                new SignedUserInfo(issuer, holdings.keys()),
                clients.proofs(),
                clients.tls(),
                settings.security());
        Introspection introspection = new Introspection(
                clients.authentication(),
                parts.inspection(),
                holdings.authorizations(),
                holdings.revoked(),
                parts.owners(),
                parts.subjects());
        routes.post("/token", tokens::answer)
                .get("/userinfo", userInfo::answer)
                .post("/userinfo", userInfo::answer)
                .post("/introspect", introspection::introspect)
                .post("/revoke", introspection::revoke);
    }

    private void addLogout() {
        routes.get("/end-session", logout::get)
                .post("/end-session", logout::post)
                .post("/end-session/confirm", logout::confirm)
                .get("/check-session", logout::checkSession);
    }

    Response answer(Request request) throws IOException {
        Optional<Response> own = cors.around(request, routes::answer);
        if (own.isEmpty()) {
            own = registrations.answer(request);
        }
        if (own.isPresent()) {
            return own.get();
        }
        try {
            return plugins.handle(request).orElseGet(() -> Response.empty(404));
        } catch (Refusal refusal) {
            return Routes.refused(challenged(Refused.of(refusal), request));
        } catch (PluginFault fault) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "plugin-unavailable", "A plugin does not answer.");
        }
    }

    /** RFC 6749, 5.2: a client that tried the Authorization header is told how to use it. */
    private static Refused challenged(Refused refused, Request request) {
        boolean isChallenge =
                refused.status() == 401 && request.header("Authorization").isPresent();
        return isChallenge ? ClientAuthentication.challenged(refused) : refused;
    }

    /** What people see of it on their account page. */
    AccountSection applications() {
        return applications;
    }

    /** A session has ended. */
    void ended(Session session) {
        Set<String> clients = new TreeSet<>();
        holdings.authorizations().endOfSession(session.id(), each -> clients.add(each.client()));
        logout.ended(session, clients);
    }

    void close() {
        logout.close();
    }

    /** Takes away what has expired. */
    void sweep() {
        holdings.sweep();
        logout.sweep();
    }
}
