package org.latchkey.oauth.logout;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The origin of a URL as browsers write it (RFC 6454, 6.2), such as {@code https://app.example}. */
final class WebOrigin {

    private WebOrigin() {}

    /** Nothing, unless it is an http or https URL with a host, without user and fragment. */
    static Optional<String> of(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean isWeb = scheme.equals("https") || scheme.equals("http");
            if (!isWeb || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                return Optional.empty();
            }
            int usual = scheme.equals("https") ? 443 : 80;
            String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** What content policies call the place of an absolute URI: its origin, or {@code com.example.app:}. */
    static String orScheme(String uri) {
        return of(uri).orElseGet(() -> uri.substring(0, uri.indexOf(':') + 1));
    }
}
