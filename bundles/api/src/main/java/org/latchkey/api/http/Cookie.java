package org.latchkey.api.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie to set (RFC 6265), with path {@code /}; Secure, and its name with the prefix {@code __Host-}, where the server is
 * reached over https. HttpOnly and SameSite=Lax, unless scripts are to read it.
 *
 * @param name without a prefix
 * @param value A-Z, a-z, 0-9 and {@code -} only
 * @param life how long it lives, without one as long as the browser runs; zero deletes it
 * @param readers who may read it
 */
public record Cookie(String name, String value, Optional<Duration> life, Readers readers) {

    /** Who may read a cookie. */
    public enum Readers {
        /** The server alone, and not when another site makes the browser post: HttpOnly, SameSite=Lax. */
        SERVER,
        /**
         * Scripts of this server's pages too, also in a frame of another site: not HttpOnly, and SameSite=None over https
         * (over plain http Lax, since browsers take nothing else). Never for what lets anybody in.
         */
        SCRIPTS
    }

    /** One that the server alone reads. */
    public Cookie(String name, String value, Optional<Duration> life) {
        this(name, value, life, Readers.SERVER);
    }

    /** One that ends with the browser. */
    public static Cookie of(String name, String value) {
        return new Cookie(name, value, Optional.empty());
    }

    /** What takes it away. */
    public static Cookie gone(String name) {
        return new Cookie(name, "", Optional.of(Duration.ZERO));
    }

    @Override
    public String toString() {
        return "Cookie[" + name + "]";
    }
}
