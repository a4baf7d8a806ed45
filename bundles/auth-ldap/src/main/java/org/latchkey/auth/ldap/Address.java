package org.latchkey.auth.ldap;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where a directory server is.
 *
 * @param host its name, which its certificate must bear, or its IP address
 * @param port where it listens
 * @param encrypted whether TLS begins with the first byte ({@code ldaps})
 */
record Address(String host, int port, boolean encrypted) {

    /**
     * Reads {@code ldap://host[:port]} or {@code ldaps://host[:port]}.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Address of(String url) {
        URI uri = parsed(url);
        boolean encrypted = "ldaps".equalsIgnoreCase(uri.getScheme());
        boolean known = encrypted || "ldap".equalsIgnoreCase(uri.getScheme());
        boolean bare = uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath() == null
                        || uri.getRawPath().replace("/", "").isEmpty());
        if (!known || !bare || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(wrong(url));
        }
        int port = uri.getPort() > 0 ? uri.getPort() : encrypted ? 636 : 389;
        return new Address(uri.getHost().replaceAll("[\\[\\]]", ""), port, encrypted);
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url.strip());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(wrong(url), malformed);
        }
    }

    private static String wrong(String url) {
        return "urls are written ldaps://host:port or ldap://host:port, not " + url;
    }

    /** Whether what is sent there does not leave this machine. A name nobody knows does not say so. */
    boolean isThisMachine() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (encrypted ? "ldaps://" : "ldap://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
