package org.latchkey.oauth.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which redirect URI a request may name: one that is registered, character by character (RFC 9700, 2.1). The one exception
 * is the port of a loopback address, which an application on the same machine does not know beforehand (RFC 8252, 7.3):
 * {@code http://127.0.0.1} and {@code http://[::1]}, and no name such as {@code localhost}, which may resolve to something else.
 */
final class RedirectUris {

    /** Only what nobody can read in two ways: no user, digits alone as port. */
    private static final Pattern LOOPBACK =
            Pattern.compile("http://(?<host>127\\.0\\.0\\.1|\\[::1\\])(?::(?<port>\\d{1,5}))?(?<rest>[/?].*)?");

    private static final Pattern ASCII = Pattern.compile("[\\x21-\\x7e]+");

    private static final int LAST_PORT = 65_535;
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "[::1]", "localhost");

    /** What browsers run, or open with rights of their own. */
    private static final Set<String> NEVER = Set.of(
            "javascript",
            "data",
            "vbscript",
            "blob",
            "file",
            "filesystem",
            "about",
            "view-source",
            "ws",
            "wss",
            "ftp",
            "mailto");

    private RedirectUris() {}

    /** Also if it is registered, one that must not be used does not match: a plugin's client was checked by nobody. */
    static boolean matches(List<String> registered, String asked) {
        return isSafe(asked)
                && (registered.contains(asked)
                        || registered.stream().anyMatch(each -> isSameButForThePort(each, asked)));
    }

    private static boolean isSameButForThePort(String registered, String asked) {
        Matcher one = LOOPBACK.matcher(registered);
        Matcher other = LOOPBACK.matcher(asked);
        return one.matches()
                && other.matches()
                && isPort(other.group("port"))
                && one.group("host").equals(other.group("host"))
                && rest(one).equals(rest(other));
    }

    private static String rest(Matcher loopback) {
        return Optional.ofNullable(loopback.group("rest")).orElse("");
    }

    private static boolean isPort(String digits) {
        return digits == null || (Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= LAST_PORT);
    }

    /** Absolute, without fragment and user, and of no scheme that a browser does something of its own with. */
    static boolean isSafe(String uri) {
        return parsed(uri).filter(each -> !NEVER.contains(scheme(each))).isPresent();
    }

    /** An absolute URI without a fragment and a user (RFC 6749, 3.1.2); with a host if it is of the web. */
    static Optional<URI> parsed(String text) {
        try {
            URI uri = new URI(text);
            boolean isWhole = uri.isAbsolute()
                    && ASCII.matcher(text).matches()
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && (!isWeb(uri) || uri.getHost() != null);
            return isWhole ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    static boolean isWeb(URI uri) {
        return scheme(uri).equals("http") || scheme(uri).equals("https");
    }

    static String scheme(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** Whether it is on the machine of whoever uses it, without TLS. */
    static boolean isPlainLoopback(URI uri) {
        return scheme(uri).equals("http") && HOSTS.contains(String.valueOf(uri.getHost()));
    }

    /** A scheme of the application's own: a domain turned round, so it has a dot (RFC 8252, 7.1). */
    static boolean isPrivate(URI uri) {
        return !isWeb(uri) && !NEVER.contains(scheme(uri)) && scheme(uri).contains(".");
    }
}
