package org.latchkey.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.security.Provider;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.api.http.ClientCertificates;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Schemes;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.store.Store;
import org.latchkey.oauth.account.Applications;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorize.Authorize;
import org.latchkey.oauth.authorize.AuthorizeParts;
import org.latchkey.oauth.authorize.Consents;
import org.latchkey.oauth.authorize.RequestSources;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.client.ClientKeys;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.client.Documents;
import org.latchkey.oauth.client.Once;
import org.latchkey.oauth.client.StoredClients;
import org.latchkey.oauth.dpop.Nonces;
import org.latchkey.oauth.dpop.Proofs;
import org.latchkey.oauth.key.Seal;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.logout.Logout;
import org.latchkey.oauth.mtls.MutualTls;
import org.latchkey.oauth.par.PushEndpoint;
import org.latchkey.oauth.par.PushedRequests;
import org.latchkey.oauth.registration.Admission;
import org.latchkey.oauth.requestobject.RequestObjects;
import org.latchkey.oauth.requestobject.RequestUris;
import org.latchkey.oauth.scope.Acrs;
import org.latchkey.oauth.scope.ConfiguredScopes;
import org.latchkey.oauth.scope.Entitlements;
import org.latchkey.oauth.token.AccessTokens;
import org.latchkey.oauth.token.GivenNames;
import org.latchkey.oauth.token.GrantedAnswers;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Inspection;
import org.latchkey.oauth.token.Introspection;
import org.latchkey.oauth.token.Owners;
import org.latchkey.oauth.token.PluginGrants;
import org.latchkey.oauth.token.RevokedTokens;
import org.latchkey.oauth.token.SignedUserInfo;
import org.latchkey.oauth.token.StandardClaims;
import org.latchkey.oauth.token.Subjects;
import org.latchkey.oauth.token.TokenAnswers;
import org.latchkey.oauth.token.TokenEndpoint;
import org.latchkey.oauth.token.UserInfo;

/** One instance, put together: which address does what. */
final class Server {

    /** What the instance stands on. */
    record Surroundings(
            ExtensionPoints points,
            SignIn signIn,
            Sessions sessions,
            Authentication authentication,
            Directory directory,
            Store store,
            Tokens tokens,
            Audit audit,
            Outbound outbound,
            Documents documents,
            Optional<Provider> provider,
            ClientCertificates certificates,
            Schemes schemes,
            ConfiguredScopes scopes) {}

    private final Routes routes;
    private final Cors cors;
    private final Registrations registrations;
    private final PluginGrants plugins;
    private final Authorizations authorizations;
    private final RevokedTokens revoked;
    private final SigningKeys keys;
    private final PushedRequests pushed;
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
        Store store = around.store();
        String mount = issuer.mount();
        this.keys = new SigningKeys(store, mount, algorithms, around.provider(), clock);
        this.authorizations = new Authorizations(store, mount, clock);
        this.revoked = new RevokedTokens(store, mount, clock);
        this.pushed = new PushedRequests(store, mount, clock);
        MutualTls tls = new MutualTls(around.certificates(), issuer, clock);
        Seal seal = new Seal(store, mount, "interaction");
        StoredClients stored = new StoredClients(store, authorizations::endOfClient);
        this.cors = new Cors(origin -> stored.isAt(mount, origin));
        Clients clients = new Clients(around.points(), stored, mount);
        Once once = new Once(store, clock);
        ClientKeys clientKeys = new ClientKeys(around.documents(), clock);
        ClientAuthentication authentication = new ClientAuthentication(
                clients, issuer, clientKeys, once, settings.security().clients(), clock);
        RequestObjects objects =
                new RequestObjects(issuer, settings.security().clients().algorithms(), clientKeys, clock);
        Entitlements entitlements = new Entitlements(
                mount, around.scopes(), acrs, around.schemes(), around.sessions(), around.authentication(), clock);
        Owners owners = new Owners(around.directory(), around.sessions());
        Subjects subjects =
                new Subjects(new Seal(store, mount, Subjects.PURPOSE), new GivenNames(store, mount), owners);
        StandardClaims claims = new StandardClaims(owners);
        IdTokens idTokens = new IdTokens(issuer, keys, settings.idToken(), clock);
        TokenAnswers answers =
                new TokenAnswers(settings, subjects, new AccessTokens(issuer, keys, clock), idTokens, claims);
        Inspection inspection = new Inspection(issuer, keys, authorizations, revoked, owners, clients, clock);
        Instance instance = new Instance(issuer, settings, clients, authentication, inspection);
        GrantedAnswers granted = new GrantedAnswers(new GrantedAnswers.Parts(
                settings, authorizations, inspection, owners, around.authentication(), answers, entitlements, clock));
        this.plugins = new PluginGrants(around.points(), instance, granted);
        this.logout = new Logout(new Logout.Parts(
                issuer,
                clients,
                around.signIn(),
                around.sessions(),
                subjects,
                idTokens,
                keys,
                store,
                around.outbound(),
                clock));
        Consents consents = new Consents(store, mount, clock);
        this.applications = new Applications(consents, authorizations, owners, clients, clock);
        Authorize authorize = new Authorize(new AuthorizeParts(
                issuer,
                settings,
                clients,
                around.signIn(),
                around.authentication(),
                consents,
                authorizations,
                owners,
                subjects,
                idTokens,
                claims,
                answers,
                logout,
                seal,
                pushed,
                new RequestSources(settings.security(), pushed, objects, new RequestUris(around.documents())),
                keys,
                entitlements,
                clock));
        Proofs proofs = new Proofs(
                issuer,
                settings.security().clients().algorithms(),
                settings.security().nonces(),
                new Nonces(new Seal(store, mount, Nonces.PURPOSE), clock),
                once,
                clock);
        TokenEndpoint tokens = TokenEndpoint.of(
                settings, authentication, authorizations, owners, answers, plugins, proofs, tls, entitlements, clock);
        this.registrations = new Registrations(
                issuer,
                store,
                stored,
                () -> Registrations.offer(
                        issuer, settings, tls, tokens.types(), keys.algorithms(), objects.algorithms()),
                around.documents(),
                admission,
                around.tokens(),
                around.audit(),
                clock);
        PushEndpoint push = new PushEndpoint(
                authentication,
                authorize::vetted,
                pushed,
                proofs,
                settings.security().pushed());
        this.routes = routes(
                new Discovery(issuer, settings, acrs, keys, tokens, proofs, objects, plugins, tls),
                authorize,
                push,
                tokens,
                new UserInfo(inspection, claims, new SignedUserInfo(issuer, keys), proofs, tls, settings.security()),
                new Introspection(authentication, inspection, authorizations, revoked, owners, subjects));
        addLogout();
    }

    private void addLogout() {
        routes.get("/end-session", logout::get)
                .post("/end-session", logout::post)
                .post("/end-session/confirm", logout::confirm)
                .get("/check-session", logout::checkSession);
    }

    /** The addresses of the protocol. */
    private static Routes routes(
            Discovery discovery,
            Authorize authorize,
            PushEndpoint push,
            TokenEndpoint tokens,
            UserInfo userInfo,
            Introspection introspection) {
        return new Routes()
                .get("/.well-known/openid-configuration", discovery::answer)
                .get("/.well-known/oauth-authorization-server", discovery::answer)
                .get("/jwks", discovery::keys)
                .get("/authorize", authorize::request)
                .post("/authorize", authorize::request)
                .post("/login", authorize::login)
                .post("/consent", authorize::consent)
                .post("/proof", authorize::proof)
                .post("/par", push::answer)
                .post("/token", tokens::answer)
                .get("/userinfo", userInfo::answer)
                .post("/userinfo", userInfo::answer)
                .post("/introspect", introspection::introspect)
                .post("/revoke", introspection::revoke);
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
        authorizations.endOfSession(session.id(), each -> clients.add(each.client()));
        logout.ended(session, clients);
    }

    void close() {
        logout.close();
    }

    /** Takes away what has expired. */
    void sweep() {
        authorizations.sweep();
        revoked.sweep();
        pushed.sweep();
        logout.sweep();
        keys.tidy();
    }
}
