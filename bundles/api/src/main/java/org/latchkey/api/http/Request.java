package org.latchkey.api.http;

import java.io.IOException;
import java.io.InputStream;
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
}
