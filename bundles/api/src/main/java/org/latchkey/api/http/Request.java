package org.latchkey.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An HTTP request as an {@link Endpoint} sees it. */
@ProviderType
public interface Request {

    /** Unique in the log, and sent back as {@code X-Request-Id}. */
    String id();

    String method();

    /** The decoded path below the mount: {@code /} or {@code /a/b}. */
    String path();

    /** All values of a query parameter, in order. */
    List<String> query(String name);

    Optional<String> header(String name);

    /**
     * The value of a cookie, by its name without a prefix; only with the prefix {@code __Host-} over https. Nothing if
     * there are two of that name, or the value has anything but A-Z, a-z, 0-9 and {@code -}.
     */
    Optional<String> cookie(String name);

    /** A posted form ({@code application/x-www-form-urlencoded}); refused (400, 413) if it is none or too large. */
    Map<String, List<String>> form(long limit) throws IOException;

    /** The body as it arrives; reading more than {@code limit} bytes ends in a refusal (413). */
    InputStream body(long limit) throws IOException;

    /** For the {@code nonce} of styles and scripts on the page that answers this request; the same at each call. */
    String nonce();

    /** The peer's IP address. */
    String address();

    /**
     * The certificates that the sender shows, its own first, whose key it has proved to have: to this server by TLS, or to a proxy
     * that the operator trusts (RFC 9440). Empty if it shows none.
     *
     * <p>Nobody vouches for them: they may be expired or revoked, and whoever has a key can write any name into a certificate of
     * it. They are good to be held against a certificate that is known, and for nothing else.
     */
    default List<X509Certificate> presentedCertificates() {
        return List.of();
    }

    /**
     * The path from the sender's certificate, which comes first, to an authority that the operator trusts, which comes last (RFC
     * 5280, 6): valid at this moment, for clients of TLS, and not revoked as far as the operator's lists tell. Empty if there is
     * none, also if that cannot be told. What the names in it mean is for the reader to say: all authorities are trusted alike.
     */
    default List<X509Certificate> trustedCertificates() {
        return List.of();
    }
}
