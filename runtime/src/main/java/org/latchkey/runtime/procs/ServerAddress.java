package org.latchkey.runtime.procs;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * What PROCTOR_HOST says. Proctor's client speaks plain HTTP with every host; this one only with this machine, and where
 * {@code http://} is written out, for the credentials go with each request.
 */
final class ServerAddress {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private ServerAddress() {}

    /** @throws ClientFailure if it is neither {@code HOST[:PORT][/PATH]} nor an address of HTTP */
    static URI of(String host) {
        String text = host.contains("://") ? host : "https://" + host;
        URI uri = parse(text, host);
        if (!host.contains("://") && isThisMachine(uri)) {
            uri = parse("http://" + host, host);
        }
        boolean odd = uri.getHost() == null
                || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null;
        if (odd) {
            throw wrong(host);
        }
        return parse(uri.toString().replaceAll("/+$", ""), host);
    }

    /** Whether whoever listens on the way can read what is sent. */
    static boolean isOpenToRead(URI address) {
        return "http".equalsIgnoreCase(address.getScheme()) && !isThisMachine(address);
    }

    /** By its text alone: a name that only resolves to it is not trusted to go on doing so. */
    private static boolean isThisMachine(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static URI parse(String text, String host) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw wrong(host);
        }
    }

    private static ClientFailure wrong(String host) {
        return ClientFailure.misused("PROCTOR_HOST is " + Terminal.plain(host)
                + ", but has to be HOST:PORT/procs or https://HOST:PORT/procs");
    }
}
