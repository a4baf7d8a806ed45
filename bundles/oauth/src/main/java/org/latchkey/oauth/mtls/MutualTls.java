package org.latchkey.oauth.mtls;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.http.ClientCertificates;
import org.latchkey.api.http.Request;
import org.latchkey.oauth.Issuer;

/** What of mutual TLS there is at this moment (RFC 8705): the operator turns it on and off while the server runs. */
public final class MutualTls {

    /** How a client authenticates itself by a certificate that an authority vouches for (RFC 8705, 2.1). */
    public static final String BY_AUTHORITY = "tls_client_auth";

    /** How one does by a certificate that is registered (RFC 8705, 2.2). */
    public static final String BY_ITSELF = "self_signed_tls_client_auth";

    /** The member of a client's metadata, and of the server's, that says that tokens are bound to a certificate. */
    public static final String BOUND = "tls_client_certificate_bound_access_tokens";

    /** What else of the metadata has an address at which certificates are asked for (RFC 8705, 5). */
    private static final List<String> ENDPOINTS = List.of(
            "token_endpoint",
            "revocation_endpoint",
            "introspection_endpoint",
            "userinfo_endpoint",
            "pushed_authorization_request_endpoint",
            "device_authorization_endpoint",
            "backchannel_authentication_endpoint");

    private final ClientCertificates certificates;
    private final Issuer issuer;
    private final Clock clock;

    public MutualTls(ClientCertificates certificates, Issuer issuer, Clock clock) {
        this.certificates = certificates;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Whether clients can authenticate themselves in that way, as far as it takes certificates. */
    public boolean offers(String method) {
        return switch (method) {
            case BY_AUTHORITY -> isThere() && certificates.hasAuthorities();
            case BY_ITSELF -> isThere();
            default -> true;
        };
    }

    private boolean isThere() {
        return certificates.url().isPresent();
    }

    /** The certificate that a request comes with. */
    public Optional<PresentedCertificate> shown(Request request) {
        return PresentedCertificate.of(request, clock);
    }

    /**
     * What the server says of it (RFC 8705, 3.3 and 5).
     *
     * @param all what it says otherwise, with the addresses of its endpoints
     */
    public Map<String, Object> metadata(Map<String, Object> all) {
        Optional<String> url = certificates.url();
        if (url.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put(BOUND, true);
        String there = url.get() + "/" + issuer.mount();
        if (!there.equals(issuer.url())) {
            Map<String, Object> aliases = new LinkedHashMap<>();
            for (String name : ENDPOINTS) {
                if (all.get(name) instanceof String address && address.startsWith(issuer.url() + "/")) {
                    aliases.put(name, there + address.substring(issuer.url().length()));
                }
            }
            metadata.put("mtls_endpoint_aliases", aliases);
        }
        return metadata;
    }
}
