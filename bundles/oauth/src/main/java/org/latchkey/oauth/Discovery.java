package org.latchkey.oauth;

import com.nimbusds.jose.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.oauth.authorize.Authorize;
import org.latchkey.oauth.client.ClientDemands;
import org.latchkey.oauth.dpop.Proofs;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.logout.Logout;
import org.latchkey.oauth.mtls.MutualTls;
import org.latchkey.oauth.registration.RegistrationEndpoint;
import org.latchkey.oauth.requestobject.RequestObjects;
import org.latchkey.oauth.scope.Acrs;
import org.latchkey.oauth.token.PluginGrants;
import org.latchkey.oauth.token.StandardClaims;
import org.latchkey.oauth.token.TokenEndpoint;

/** What the server says of itself (RFC 8414; OpenID Connect Discovery, 3): what it serves at this very moment. */
final class Discovery {

    private final Issuer issuer;
    private final Settings settings;
    private final Acrs acrs;
    private final SigningKeys keys;
    private final TokenEndpoint tokens;
    private final Proofs proofs;
    private final RequestObjects objects;
    private final PluginGrants plugins;
    private final KeptAnswer<Response> told;
    private final MutualTls tls;

    Discovery(
            Issuer issuer,
            Settings settings,
            Acrs acrs,
            SigningKeys keys,
            TokenEndpoint tokens,
            Proofs proofs,
            RequestObjects objects,
            PluginGrants plugins,
            MutualTls tls) {
        this.issuer = issuer;
        this.settings = settings;
        this.acrs = acrs;
        this.keys = keys;
        this.tokens = tokens;
        this.proofs = proofs;
        this.objects = objects;
        this.plugins = plugins;
        this.told = new KeptAnswer<>(plugins::served, this::tell, System::nanoTime);
        this.tls = tls;
    }

    /** {@code GET /.well-known/openid-configuration} and {@code /.well-known/oauth-authorization-server}. */
    Response answer(Request request) {
        return told.get();
    }

    private Response tell() {
        return Response.of(200, "application/json", Json.bytes(metadata()))
                .withHeader("Access-Control-Allow-Origin", "*");
    }

    /** {@code GET /jwks}. */
    Response keys(Request request) {
        byte[] set = keys.publicSet().getBytes(StandardCharsets.UTF_8);
        return Response.of(200, "application/jwk-set+json", set).withHeader("Access-Control-Allow-Origin", "*");
    }

    Map<String, Object> metadata() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("issuer", issuer.url());
        endpoints(all);
        choices(all);
        all.put("claims_supported", List.copyOf(StandardClaims.names()));
        all.put("claims_parameter_supported", true);
        all.put("authorization_response_iss_parameter_supported", true);
        objects(all);
        all.put("authorization_details_types_supported", List.copyOf(new TreeSet<>(settings.detailTypes())));
        all.put("dpop_signing_alg_values_supported", List.copyOf(proofs.algorithms()));
        all.put("require_pushed_authorization_requests", settings.security().pushedOnly());
        all.putAll(Logout.metadata(issuer));
        all.putAll(plugins.metadata());
        all.putAll(tls.metadata(all));
        return all;
    }

    private void endpoints(Map<String, Object> all) {
        all.put("authorization_endpoint", issuer.at("/authorize"));
        all.put("token_endpoint", issuer.at("/token"));
        all.put("userinfo_endpoint", issuer.at("/userinfo"));
        all.put("jwks_uri", issuer.at("/jwks"));
        all.put("introspection_endpoint", issuer.at("/introspect"));
        all.put("revocation_endpoint", issuer.at("/revoke"));
        all.put("registration_endpoint", issuer.at(RegistrationEndpoint.PATH));
        all.put("pushed_authorization_request_endpoint", issuer.at("/par"));
    }

    private void objects(Map<String, Object> all) {
        all.put("request_parameter_supported", true);
        all.put("request_uri_parameter_supported", settings.security().requestUris());
        all.put("require_request_uri_registration", true);
        all.put("require_signed_request_object", settings.security().signedOnly());
        all.put("request_object_signing_alg_values_supported", List.copyOf(objects.algorithms()));
    }

    /** What clients may sign assertions by; those with a secret by HMAC too. */
    private static List<String> assertionAlgorithms(ClientDemands demands) {
        Set<String> names = new TreeSet<>();
        demands.algorithms().forEach(each -> names.add(each.getName()));
        if (demands.methods().contains("client_secret_jwt")) {
            names.add("HS256");
        }
        return List.copyOf(names);
    }

    private void choices(Map<String, Object> all) {
        ClientDemands demands = settings.security().clients();
        List<String> methods = settings.authMethods(tls);
        List<String> proving =
                methods.stream().filter(each -> !each.equals("none")).toList();
        List<String> algorithms =
                keys.algorithms().stream().map(Algorithm::getName).toList();
        all.put("scopes_supported", List.copyOf(new TreeSet<>(settings.allScopes())));
        all.put("response_types_supported", List.copyOf(new TreeSet<>(settings.responseTypes())));
        all.put("response_modes_supported", List.copyOf(Authorize.responseModes()));
        all.put("authorization_signing_alg_values_supported", algorithms);
        all.put("grant_types_supported", List.copyOf(tokens.types()));
        all.put("subject_types_supported", List.of("public", "pairwise"));
        all.put("id_token_signing_alg_values_supported", algorithms);
        all.put("userinfo_signing_alg_values_supported", algorithms);
        all.put("token_endpoint_auth_methods_supported", methods);
        all.put("token_endpoint_auth_signing_alg_values_supported", assertionAlgorithms(demands));
        all.put("introspection_endpoint_auth_methods_supported", proving);
        all.put("revocation_endpoint_auth_methods_supported", methods);
        all.put("code_challenge_methods_supported", List.of("S256"));
        all.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        all.put("display_values_supported", List.of("page", "popup"));
        all.put("acr_values_supported", List.copyOf(acrs.values()));
        all.put("ui_locales_supported", List.of("en", "de", "fr", "es"));
    }
}
