package org.latchkey.itest.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.rules.ExternalResource;
import org.pac4j.core.config.Config;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.core.profile.ProfileManager;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.jee.context.session.JEESessionStore;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.LogoutFilter;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;
import org.pac4j.oidc.metadata.OidcOpMetadataResolver;
import org.pac4j.oidc.profile.creator.TokenValidator;

/**
 * An application behind the filters of pac4j: {@code /secret/} says who is signed in, {@code /logout} signs out here and at the
 * server, {@code /bye} is where that ends.
 */
public final class Pac4jApplication extends ExternalResource {

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    public Pac4jApplication() {
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        try {
            connector.open();
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    public String origin() {
        return "http://localhost:" + connector.getLocalPort();
    }

    /** Where the server sends browsers back to; pac4j writes its client's name behind it. */
    public String callback() {
        return origin() + "/callback?client_name=OidcClient";
    }

    /** @param configuration what the operator of the application has to say: where, who, and with what secret */
    public void start(OidcConfiguration configuration) throws Exception {
        configuration.setScope("openid profile email");
        configuration.setDisablePkce(false);
        configuration.setPkceMethod(CodeChallengeMethod.S256);
        configuration.setUseNonce(true);
        configuration.setClientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        TypedLogoutTokens metadata = new TypedLogoutTokens(configuration);
        metadata.init();
        configuration.setOpMetadataResolver(metadata);
        OidcClient client = new OidcClient(configuration);
        client.setCallbackUrl(origin() + "/callback");
        Config config = new Config(client);
        LogoutFilter logout = new LogoutFilter(config, "/bye");
        logout.setLogoutUrlPattern(".*");
        logout.setCentralLogout(true);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        filter(context, new CallbackFilter(config), "/callback");
        filter(context, new SecurityFilter(config, "OidcClient"), "/secret/*");
        filter(context, logout, "/logout");
        context.addServlet(new ServletHolder(new Greeting()), "/*");
        jetty.setHandler(context);
        jetty.start();
    }

    private static void filter(ServletContextHandler context, Filter filter, String path) {
        context.addFilter(new FilterHolder(filter), path, EnumSet.of(DispatcherType.REQUEST));
    }

    @Override
    protected void after() {
        try {
            jetty.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * Takes logout tokens of the type that OpenID Connect Back-Channel Logout recommends ({@code logout+jwt}, 2.4), which pac4j 6.1.3
     * by itself does not: it looks at them as at id tokens. They are verified as strictly.
     */
    private static final class TypedLogoutTokens extends OidcOpMetadataResolver {

        private static final JOSEObjectType TYPE = new JOSEObjectType("logout+jwt");

        TypedLogoutTokens(OidcConfiguration configuration) {
            super(configuration);
        }

        @Override
        protected TokenValidator createTokenValidator() {
            OIDCProviderMetadata server = loaded;
            return new TokenValidator(configuration, server) {
                @Override
                public IDTokenClaimsSet validate(JWT token, Nonce nonce) throws BadJOSEException, JOSEException {
                    return TYPE.equals(token.getHeader().getType())
                            ? typed(server).validate(token, nonce)
                            : super.validate(token, nonce);
                }
            };
        }

        private IDTokenValidator typed(OIDCProviderMetadata server) throws JOSEException {
            try {
                return new IDTokenValidator(
                        TYPE,
                        server.getIssuer(),
                        new ClientID(configuration.getClientId()),
                        new JWSVerificationKeySelector<>(
                                JWSAlgorithm.RS256,
                                JWKSourceBuilder.create(server.getJWKSetURI().toURL())
                                        .build()),
                        null);
            } catch (MalformedURLException noAddress) {
                throw new JOSEException(noAddress.getMessage(), noAddress);
            }
        }
    }

    private static final class Greeting extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=utf-8");
            JEEContext context = new JEEContext(request, response);
            String who = new ProfileManager(context, new JEESessionStore())
                    .getProfile(CommonProfile.class)
                    .map(profile -> profile.getId() + ", " + profile.getDisplayName() + ", " + profile.getEmail())
                    .orElse("nobody");
            response.getWriter().print(request.getRequestURI() + ": " + who);
        }
    }
}
