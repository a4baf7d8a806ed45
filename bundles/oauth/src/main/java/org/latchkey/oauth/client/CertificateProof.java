package org.latchkey.oauth.client;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.http.Request;
import org.latchkey.oauth.mtls.CertificateName;
import org.latchkey.oauth.mtls.MutualTls;
import org.latchkey.oauth.mtls.PresentedCertificate;

/**
 * Judges a certificate by which a client authenticates itself: one that an authority vouches for and that has the registered name
 * (RFC 8705, 2.1), or exactly one of those that the client is registered with (2.2). One that has expired is none in both ways.
 */
final class CertificateProof {

    private final ClientKeys keys;
    private final Clock clock;

    CertificateProof(ClientKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    static boolean isFor(RegisteredClient client) {
        String method = client.authMethod();
        return method.equals(MutualTls.BY_AUTHORITY) || method.equals(MutualTls.BY_ITSELF);
    }

    /** What is wrong, for the log; nothing if it is that client. */
    Optional<String> fault(RegisteredClient client, Request request) {
        Optional<PresentedCertificate> shown = PresentedCertificate.of(request, clock);
        if (shown.isEmpty()) {
            return Optional.of("there is no certificate, or it has expired");
        }
        return client.authMethod().equals(MutualTls.BY_AUTHORITY)
                ? byAuthority(client, request.trustedCertificates())
                : byItself(client, shown.get().certificate());
    }

    private static Optional<String> byAuthority(RegisteredClient client, List<X509Certificate> path) {
        if (path.isEmpty()) {
            return Optional.of("no trusted authority vouches for the certificate");
        }
        List<CertificateName> names =
                CertificateName.among(client.client().metadata().keySet());
        if (names.size() != 1) {
            return Optional.of("it is not registered for one name in its certificate"); // such as by a plugin
        }
        boolean isNamed = client.client()
                .text(names.get(0).member())
                .filter(value -> names.get(0).isIn(path.get(0), value))
                .isPresent();
        return isNamed ? Optional.empty() : Optional.of("the certificate is of somebody else");
    }

    private Optional<String> byItself(RegisteredClient client, X509Certificate shown) {
        return keys.has(client, shown)
                ? Optional.empty()
                : Optional.of("the certificate is none of those that it is registered with");
    }
}
