package org.latchkey.web;

import java.util.Enumeration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latchkey.api.http.Cookie;

/**
 * Cookies as they are on the wire (RFC 6265). Over https a name has the prefix {@code __Host-}, which no other host and
 * no plain http connection can set; over plain http it cannot have it, and then the cookie is another one.
 */
final class Cookies {

    private static final String PREFIX = "__Host-";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9-]{0,512}");

    private Cookies() {}

    static String fullName(String name, boolean https) {
        return https ? PREFIX + name : name;
    }

    /**
     * The value of the one cookie of that name. If there are two, one of them is not ours, and there is no telling which;
     * quoted and otherwise peculiar values are read by other software in other ways, and none of ours.
     */
    static Optional<String> value(Enumeration<String> fields, String name) {
        Optional<String> found = Optional.empty();
        while (fields.hasMoreElements()) {
            for (String pair : fields.nextElement().split(";")) {
                int equals = pair.indexOf('=');
                if (equals < 0 || !pair.substring(0, equals).strip().equals(name)) {
                    continue;
                }
                if (found.isPresent()) {
                    return Optional.empty();
                }
                found = Optional.of(pair.substring(equals + 1).strip());
            }
        }
        return found.filter(value -> VALUE.matcher(value).matches());
    }

    /** The value of a Set-Cookie field. */
    static String line(Cookie cookie, boolean https) {
        if (!NAME.matcher(cookie.name()).matches()
                || !VALUE.matcher(cookie.value()).matches()) {
            throw new IllegalArgumentException("not a cookie: " + cookie);
        }
        StringBuilder line = new StringBuilder(fullName(cookie.name(), https))
                .append('=')
                .append(cookie.value())
                .append("; Path=/")
                .append(reach(cookie.readers(), https));
        cookie.life().ifPresent(life -> line.append("; Max-Age=").append(life.toSeconds()));
        return line.append(https ? "; Secure" : "").toString();
    }

    private static String reach(Cookie.Readers readers, boolean https) {
        return switch (readers) {
            case SERVER -> "; HttpOnly; SameSite=Lax";
            case SCRIPTS -> https ? "; SameSite=None" : "; SameSite=Lax";
        };
    }
}
