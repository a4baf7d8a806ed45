package org.latchkey.oauth.mtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.latchkey.api.http.Request;

/**
 * The certificate that the sender of a request has shown and proved the key of. Nobody vouches for it by that.
 *
 * @param certificate not expired when the request came
 */
public record PresentedCertificate(X509Certificate certificate) {

    /** That of a request. One that has expired, or is not good yet, is none. */
    public static Optional<PresentedCertificate> of(Request request, Clock clock) {
        List<X509Certificate> shown = request.presentedCertificates();
        return shown.isEmpty() || !isCurrent(shown.get(0), clock)
                ? Optional.empty()
                : Optional.of(new PresentedCertificate(shown.get(0)));
    }

    private static boolean isCurrent(X509Certificate certificate, Clock clock) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return true;
        } catch (CertificateException expired) {
            return false;
        }
    }

    /** What tokens are bound by: the SHA-256 of its DER in base64url, {@code x5t#S256} (RFC 8705, 3.1). */
    public String thumbprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
