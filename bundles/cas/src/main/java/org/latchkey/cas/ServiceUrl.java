package org.latchkey.cas;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service URL, taken apart and written in one way (RFC 3986, 6.2.2): scheme and host in lower case, no default port, no
 * fragment, an escape in capitals and only where it is needed, no session id at the end of its path. Whatever different
 * readers could take for different things is no service URL.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host, and port unless it is the scheme's own; an internationalized name as its A-labels
 * @param path {@code /} at least, escaped
 * @param query escaped, empty if there is none
 */
record ServiceUrl(String scheme, String authority, String path, String query) {

    /** In characters. */
    static final int LONGEST = 2_048;

    private static final Pattern HTTP = Pattern.compile("(?i)https?:.*", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");

    /** A segment that is {@code .} or {@code ..}, also with parameters behind it, and whatever else splits segments. */
    private static final Pattern DOTS = Pattern.compile("(^|.*[/\\\\])\\.\\.?([/\\\\;].*)?", Pattern.DOTALL);

    private static final Pattern SESSION = Pattern.compile("(?i);jsessionid=[^;/]*(?=;[^/]*$|$)");
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /** How often a path is unescaped to see what is in it; nobody in earnest does it so often. */
    private static final int DEEPEST = 4;

    /** Whether somebody would take this for a URL of the web: if so it must be a good one. */
    static boolean isMeant(String text) {
        return HTTP.matcher(text).matches();
    }

    /** Whether it is of a length, and of characters, that a service id may have. */
    static boolean isDecent(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().noneMatch(each -> each <= ' ' || each == 0x7f || each == '\\' || isInvisible(each));
    }

    /** Controls above ASCII, line separators, and what turns the direction of writing. */
    private static boolean isInvisible(int each) {
        int type = Character.getType(each);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SPACE_SEPARATOR;
    }

    /** The URL, unless it is none, or one that could mean several things. */
    static Optional<ServiceUrl> parse(String text) {
        if (!isDecent(text) || !isMeant(text) || text.contains("%00")) {
            return Optional.empty();
        }
        try {
            return of(new URI(new URI(text).toASCIIString()));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<ServiceUrl> of(URI uri) {
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawAuthority().contains("@")) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        if (!HOST.matcher(host).matches() || uri.getPort() == 0 || uri.getPort() > 65_535 || isTricky(path)) {
            return Optional.empty();
        }
        boolean ownPort = uri.getPort() == -1 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return Optional.of(new ServiceUrl(
                scheme,
                ownPort ? host : host + ":" + uri.getPort(),
                SESSION.matcher(normalized(path)).replaceFirst(""),
                uri.getRawQuery() == null ? "" : normalized(uri.getRawQuery())));
    }

    /** Whether a path, read as often as anybody might, has a dot segment, a backslash or a control character. */
    private static boolean isTricky(String path) {
        String read = path;
        for (int times = 0; times < DEEPEST; times++) {
            if (DOTS.matcher(read).matches() || read.chars().anyMatch(each -> each < ' ' || each == '\\')) {
                return true;
            }
            String again = unescaped(read);
            if (again.equals(read)) {
                return false;
            }
            read = again;
        }
        return true;
    }

    private static String unescaped(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * text.length());
        for (int at = 0; at < text.length(); ) {
            int octet = octet(text, at);
            if (octet >= 0) {
                bytes.put((byte) octet);
                at += 3;
            } else {
                int point = text.codePointAt(at);
                bytes.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** The octet that is escaped at this place, or -1 if none is. */
    private static int octet(String text, int at) {
        if (text.charAt(at) != '%' || at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** The same with escapes in one form: none for what needs none, capitals for the others. */
    private static String normalized(String text) {
        StringBuilder normal = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int octet = octet(text, at);
            if (octet < 0) {
                normal.append(text.charAt(at++));
                continue;
            }
            if (octet < 0x80 && UNRESERVED.indexOf(octet) >= 0) {
                normal.append((char) octet);
            } else {
                normal.append(text.substring(at, at + 3).toUpperCase(Locale.ROOT));
            }
            at += 3;
        }
        return normal.toString();
    }
}
