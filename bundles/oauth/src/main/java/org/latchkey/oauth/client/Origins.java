package org.latchkey.oauth.client;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The web origins (RFC 6454) that clients live at, as browsers write them: those of their redirect URIs. */
final class Origins {

    /** What the store can look up. */
    private static final int LONGEST = 200;

    private Origins() {}

    static Set<String> of(List<String> redirectUris) {
        Set<String> all = new TreeSet<>();
        redirectUris.forEach(
                uri -> RedirectUris.parsed(uri).flatMap(Origins::of).ifPresent(all::add));
        return all;
    }

    private static Optional<String> of(URI uri) {
        if (!RedirectUris.isWeb(uri) || uri.getHost() == null) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isUsual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String origin = scheme + "://" + host + (isUsual ? "" : ":" + uri.getPort());
        return origin.length() > LONGEST ? Optional.empty() : Optional.of(origin);
    }
}
