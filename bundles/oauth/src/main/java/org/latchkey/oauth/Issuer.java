package org.latchkey.oauth;

/**
 * An instance of the server: what it is called and where it is.
 *
 * @param url the issuer (RFC 8414, 2): the public URL with the mount, without a slash at the end
 * @param mount the one path segment it is mounted at, such as {@code oidc}
 */
public record Issuer(String url, String mount) {

    /** @param publicUrl of the server */
    public static Issuer of(String publicUrl, String mount) {
        String root = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
        return new Issuer(root + "/" + mount, mount);
    }

    /** The absolute URL of a path below, such as {@code /token}. */
    public String at(String path) {
        return url + path;
    }

    /** The path on this server of a path below, such as {@code /token}. */
    public String path(String path) {
        return "/" + mount + path;
    }
}
