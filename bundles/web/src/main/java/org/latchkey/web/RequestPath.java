package org.latchkey.web;

import java.util.Optional;

/**
 * Where a request goes: the mount and the path below it, both decoded. A path that two programs could read
 * in two ways is none: empty or dot segments, path parameters, encoded separators, control characters.
 *
 * @param mount the first segment, empty for the root
 * @param below starts with {@code /}
 */
record RequestPath(String mount, String below) {

    /** Reads the path as it stands in the request line, or nothing if it is ambiguous. */
    static Optional<RequestPath> of(String raw) {
        if (!raw.startsWith("/")) {
            return Optional.empty();
        }
        boolean escaped = false;
        for (int at = 0; at < raw.length(); at++) {
            char each = raw.charAt(at);
            if (each <= ' ' || each > '~' || each == ';' || each == '\\') {
                return Optional.empty();
            }
            escaped |= each == '%';
        }
        return (escaped ? decoded(raw) : Optional.of(raw))
                .filter(RequestPath::isCanonical)
                .map(RequestPath::split);
    }

    /** Decodes segment by segment, so that an escape can never become a separator. */
    private static Optional<String> decoded(String raw) {
        StringBuilder path = new StringBuilder(raw.length());
        for (String segment : raw.substring(1).split("/", -1)) {
            Optional<String> text = PercentCoding.decode(segment).filter(RequestPath::isPlain);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            path.append('/').append(text.get());
        }
        return Optional.of(path.toString());
    }

    private static boolean isPlain(String segment) {
        return segment.chars()
                .noneMatch(each -> each == '/' || each == '\\' || each == ';' || Character.isISOControl(each));
    }

    /** Whether no segment is empty (but the last one may be), {@code .} or {@code ..}. */
    private static boolean isCanonical(String path) {
        int start = 1;
        while (start < path.length()) {
            int end = path.indexOf('/', start);
            int length = (end < 0 ? path.length() : end) - start;
            boolean dots = path.charAt(start) == '.' && (length == 1 || length == 2 && path.charAt(start + 1) == '.');
            if (length == 0 || dots) {
                return false;
            }
            start += length + 1;
        }
        return true;
    }

    private static RequestPath split(String path) {
        int end = path.indexOf('/', 1);
        return end < 0
                ? new RequestPath(path.substring(1), "/")
                : new RequestPath(path.substring(1, end), path.substring(end));
    }
}
