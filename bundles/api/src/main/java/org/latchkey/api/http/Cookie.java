package org.latchkey.api.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie to set (RFC 6265). Always HttpOnly and SameSite=Lax, with path {@code /}; Secure, and its name with the prefix
 * {@code __Host-}, where the server is reached over https.
 *
 * @param name without a prefix
 * @param value A-Z, a-z, 0-9 and {@code -} only
 * @param life how long it lives, without one as long as the browser runs; zero deletes it
 */
public record Cookie(String name, String value, Optional<Duration> life) {

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
