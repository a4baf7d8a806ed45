package org.latchkey.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.security.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.extension.AccountSection;
import org.latchkey.api.extension.SessionObserver;
import org.latchkey.api.http.ClientCertificates;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.Schemes;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn;
import org.latchkey.api.service.Tokens;
import org.latchkey.api.store.Store;
import org.latchkey.oauth.client.ClientDemands;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.NoncePolicy;
import org.latchkey.oauth.registration.Admission;
import org.latchkey.oauth.scope.Acrs;
import org.latchkey.oauth.scope.ConfiguredScopes;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OAuth 2 and OpenID Connect server. Without a configuration there is one at {@code /oidc}; each configuration of the
 * factory makes one of its own, with its own issuer, keys, clients and settings.
 */
@Component(
        service = {Endpoint.class, SessionObserver.class, AccountSection.class},
        configurationPid = "latchkey.oauth",
        configurationPolicy = ConfigurationPolicy.OPTIONAL,
        property = Endpoint.MOUNT + "=oidc")
@Designate(ocd = OAuthEndpoint.Config.class, factory = true)
public final class OAuthEndpoint implements Endpoint, SessionObserver, AccountSection {

    @ObjectClassDefinition(name = "Latchkey OAuth", description = "An OAuth 2 and OpenID Connect server.")
    public @interface Config {

        @AttributeDefinition(description = "The path segment it is mounted at; the issuer is the public URL with it.")
        String latchkey_mount() default "oidc";

        @AttributeDefinition(description = "Scopes that clients may ask for, besides those of OpenID Connect.")
        String[] scopes() default {};

        @AttributeDefinition(description = "The response types that are served.")
        String[] responseTypes() default {"code", "id_token", "code id_token"};

        @AttributeDefinition(
                description = "What tokens can be signed with: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384,"
                        + " ES512, EdDSA.")
        String[] algorithms() default {"RS256", "PS256", "ES256", "EdDSA"};

        @AttributeDefinition(min = "1", max = "600", description = "How long a code is good, in seconds.")
        int codeSeconds() default 60;

        @AttributeDefinition(min = "10", max = "86400", description = "How long an access token is good, in seconds.")
        int accessTokenSeconds() default 900;

        @AttributeDefinition(min = "10", max = "86400", description = "How long an id token is good, in seconds.")
        int idTokenSeconds() default 900;

        @AttributeDefinition(
                min = "60",
                max = "31536000",
                description = "How long a refresh token is good without being used, in seconds.")
        int refreshTokenSeconds() default 2_592_000;

        @AttributeDefinition(description = "Whether clients that have a secret need PKCE too.")
        boolean pkceForAll() default false;

        @AttributeDefinition(
                description = "Whether anybody may register clients; else that needs an initial access token.")
        boolean openRegistration() default false;

        @AttributeDefinition(description = "The types of authorization details that clients may ask for (RFC 9396).")
        String[] detailTypes() default {};

        @AttributeDefinition(min = "5", max = "599", description = "How long a pushed request is good, in seconds.")
        int pushedSeconds() default 60;

        @AttributeDefinition(description = "Whether requests have to be pushed (RFC 9126).")
        boolean pushedOnly() default false;

        @AttributeDefinition(description = "Whether requests have to be in signed request objects (RFC 9101).")
        boolean signedOnly() default false;

        @AttributeDefinition(
                description = "Whether request objects are fetched from addresses that clients are registered with"
                        + " (request_uris).")
        boolean requestUris() default false;

        @AttributeDefinition(
                description = "Whose DPoP proofs need a nonce (RFC 9449): those of clients registered with"
                        + " dpop_bound_access_tokens (BOUND), everybody's (ALL), nobody's (NONE).")
        NoncePolicy dpopNonces() default NoncePolicy.BOUND;

        @AttributeDefinition(
                description =
                        "The authentication context classes (acr), from weak to strong, VALUE=NAME+NAME each: what"
                                + " has to be proved for it, password and names of schemes; nothing for any sign-in.")
        String[] acr() default {"1="};

        @AttributeDefinition(
                description = "A profile that makes all settings as strict as it demands: empty, or fapi2 (FAPI 2.0"
                        + " Security Profile).")
        String profile() default "";
    }

    private static final Logger log = LoggerFactory.getLogger(OAuthEndpoint.class);

    private static final Set<String> RESPONSE_TYPES = Set.of(
            "code",
            "id_token",
            "code id_token",
            "token",
            "id_token token",
            "code token",
            "code id_token token",
            "none");

    private final Outbound.Lane lane;
    private final Server server;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(OAuthEndpoint::thread);

    @Activate
    public OAuthEndpoint(
            BundleContext context,
            @Reference ExtensionPoints points,
            @Reference SignIn signIn,
            @Reference Sessions sessions,
            @Reference Authentication authentication,
            @Reference Directory directory,
            @Reference Store store,
            @Reference Tokens tokens,
            @Reference Audit audit,
            @Reference Outbox outbox,
            @Reference Outbound outbound,
            @Reference ClientCertificates certificates,
            @Reference Schemes schemes,
            @Reference ConfiguredScopes scopes,
            @Reference(target = "(latchkey.native=true)") Optional<Provider> provider,
            Config config) {
        String publicUrl = Optional.ofNullable(context.getProperty("latchkey.public.url"))
                .filter(url -> !url.isEmpty())
                .orElse("http://localhost");
        Issuer issuer = Issuer.of(publicUrl, config.latchkey_mount());
        this.lane = outbound.open(Outbound.Rules.named("latchkey-oauth-out"));
        Settings settings = settings(config);
        this.server = new Server(
                issuer,
                settings,
                algorithms(config, settings),
                Acrs.of(List.of(config.acr())),
                config.openRegistration() ? Admission.OPEN : Admission.INITIAL_TOKEN,
                new Surroundings(
                        points,
                        signIn,
                        sessions,
                        authentication,
                        directory,
                        store,
                        tokens,
                        audit,
                        outbox,
                        outbound,
                        new FetchedDocuments(lane),
                        provider,
                        certificates,
                        schemes,
                        scopes),
                Clock.systemUTC());
        sweeper.scheduleWithFixedDelay(this::trySweep, 1, 60, TimeUnit.SECONDS);
    }

    /** A sweep that fails must not be the last one. */
    private void trySweep() {
        try {
            server.sweep();
        } catch (RuntimeException failed) {
            log.atWarn().setCause(failed).log("keys and what has expired could not be tidied; this is tried again");
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-oauth");
        thread.setDaemon(true);
        thread.setContextClassLoader(OAuthEndpoint.class.getClassLoader());
        return thread;
    }

    private static Settings settings(Config config) {
        Set<String> responseTypes =
                Stream.of(config.responseTypes()).map(RegisteredClient::sorted).collect(Collectors.toSet());
        if (!RESPONSE_TYPES.containsAll(responseTypes)) {
            throw new IllegalArgumentException("responseTypes must be among " + RESPONSE_TYPES + ".");
        }
        Settings set = new Settings(
                Set.of(config.scopes()),
                responseTypes,
                Duration.ofSeconds(config.codeSeconds()),
                Duration.ofSeconds(config.accessTokenSeconds()),
                Duration.ofSeconds(config.idTokenSeconds()),
                Duration.ofSeconds(config.refreshTokenSeconds()),
                config.pkceForAll(),
                Set.of(config.detailTypes()),
                security(config));
        return switch (config.profile()) {
            case "" -> set;
            case "fapi2" -> Fapi2.of(set);
            default -> throw new IllegalArgumentException("profile must be empty or fapi2.");
        };
    }

    private static Security security(Config config) {
        return new Security(
                Duration.ofSeconds(config.pushedSeconds()),
                config.pushedOnly(),
                config.signedOnly(),
                config.requestUris(),
                config.dpopNonces(),
                false,
                true,
                ClientDemands.NONE);
    }

    /** Those of the configuration, unless the profile does not have them. */
    private static List<JWSAlgorithm> algorithms(Config config, Settings settings) {
        Set<JWSAlgorithm> allowed = settings.security().clients().algorithms();
        List<JWSAlgorithm> set =
                Stream.of(config.algorithms()).map(JWSAlgorithm::parse).toList();
        return config.profile().isEmpty()
                ? set
                : set.stream().filter(allowed::contains).toList();
    }

    @Deactivate
    void close() {
        sweeper.shutdownNow();
        server.close();
        lane.close();
    }

    @Override
    public Response handle(Request request) throws IOException {
        return server.answer(request);
    }

    @Override
    public void ended(Session session, Cause cause) {
        server.ended(session);
    }

    @Override
    public Content content(Visit visit) {
        return server.applications().content(visit);
    }

    @Override
    public boolean act(Visit visit, String row, String action) {
        return server.applications().act(visit, row, action);
    }
}
