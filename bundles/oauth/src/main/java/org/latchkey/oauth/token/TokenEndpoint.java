package org.latchkey.oauth.token;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Security;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.client.ClientAuthentication;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.details.AuthorizationDetails;
import org.latchkey.oauth.dpop.Binding;
import org.latchkey.oauth.dpop.Proofs;
import org.latchkey.oauth.mtls.MutualTls;
import org.latchkey.oauth.mtls.PresentedCertificate;
import org.latchkey.oauth.scope.Entitlements;

/** The token endpoint (RFC 6749, 3.2): who asks, whether it may ask in this way, and what it gets. */
public final class TokenEndpoint {

    private static final long LONGEST_FORM = 64 * 1024;

    private final ClientAuthentication authentication;
    private final Map<String, BuiltInGrant> builtIn;
    private final PluginGrants plugins;
    private final Proofs proofs;
    private final MutualTls tls;
    private final Security security;

    private TokenEndpoint(
            ClientAuthentication authentication,
            Map<String, BuiltInGrant> builtIn,
            PluginGrants plugins,
            Proofs proofs,
            MutualTls tls,
            Security security) {
        this.authentication = authentication;
        this.builtIn = Map.copyOf(builtIn);
        this.plugins = plugins;
        this.proofs = proofs;
        this.tls = tls;
        this.security = security;
    }

    /** With the grants of the server's own. */
    public static TokenEndpoint of(
            Settings settings,
            ClientAuthentication authentication,
            Authorizations authorizations,
            Owners owners,
            TokenAnswers answers,
            PluginGrants plugins,
            Proofs proofs,
            MutualTls tls,
            Entitlements entitlements,
            Clock clock) {
        return new TokenEndpoint(
                authentication,
                Map.of(
                        CodeGrant.TYPE,
                        new CodeGrant(settings, authorizations, owners, answers, clock),
                        RefreshGrant.TYPE,
                        new RefreshGrant(settings, authorizations, owners, answers, clock),
                        ClientCredentialsGrant.TYPE,
                        new ClientCredentialsGrant(settings, new Scopes(settings, entitlements::isRuled), answers)),
                plugins,
                proofs,
                tls,
                settings.security());
    }

    /** The values of {@code grant_type} that are served at this moment. */
    public Set<String> types() {
        Set<String> all = new TreeSet<>(builtIn.keySet());
        all.addAll(plugins.types());
        return all;
    }

    /** {@code POST /token}. */
    public Response answer(Request request) throws Refused, IOException {
        Parameters parameters = Parameters.of(request.form(LONGEST_FORM));
        RegisteredClient client = authentication.authenticate(request, parameters);
        String type = parameters.require("grant_type");
        BuiltInGrant grant = builtIn.get(type);
        if (grant == null && !plugins.types().contains(type)) {
            throw Refused.of("unsupported_grant_type", "This grant_type is not offered.");
        }
        if (!client.grantTypes().contains(type)) {
            throw Refused.of("unauthorized_client", "The client is not registered for this grant_type.");
        }
        if (grant != null && parameters.has(AuthorizationDetails.NAME)) {
            throw Refused.of(
                    "invalid_authorization_details",
                    "Authorization details are asked for at the authorization endpoint.");
        }
        Binding binding = binding(request, client);
        Map<String, Object> answer = grant == null
                ? plugins.answer(type, client, parameters, request, binding)
                : grant.answer(client, parameters, binding);
        return proofs.withNonce(Json.answer(200, answer), client);
    }

    /** What the client's tokens are to be bound to: a key that it proves, or its certificate, which some have to show. */
    private Binding binding(Request request, RegisteredClient client) throws Refused {
        Binding key = proofs.shown(request, client, Optional.empty());
        Optional<PresentedCertificate> certificate = tls.shown(request);
        boolean isOfCertificates = client.is(MutualTls.BOUND);
        if (isOfCertificates && certificate.isEmpty()) {
            throw Refused.of("invalid_request", "The client has to show its certificate (mutual TLS).");
        }
        boolean isCertificateEnough = isOfCertificates || certificate.isPresent() && security.boundOnly();
        if (!key.isBound() && (client.is("dpop_bound_access_tokens") || security.boundOnly() && !isCertificateEnough)) {
            throw Refused.of("invalid_dpop_proof", "The client has to prove its key (DPoP).");
        }
        boolean isToCertificate = isOfCertificates || !key.isBound() && isCertificateEnough;
        return isToCertificate ? key.with(certificate.orElseThrow()) : key;
    }
}
