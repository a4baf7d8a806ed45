package org.latchkey.notify;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What failed, in words that may be logged and kept. A notifier's URL is often its secret (a webhook's is), and Java's
 * own exceptions quote it: of a URL only scheme and host are left.
 */
final class Masked {

    /** Begins where a word does and gives nothing back: what plugins say is read once, however long it is. */
    private static final Pattern URL =
            Pattern.compile("(?<!\\w)(\\w++://)(?:[^/@\\s]*+@)?([^/?#\\s]*+)[/?#]\\S*+|(?<!\\w)(\\w++://)[^/@\\s]*+@");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}++");
    private static final int LONGEST = 300;

    private Masked() {}

    static String reason(Throwable thrown) {
        String message = Optional.ofNullable(thrown.getMessage()).orElse("");
        String text = thrown.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
        return cut(CONTROL.matcher(mask(text)).replaceAll(" "));
    }

    /** A text that may be shown. */
    static String text(String text) {
        return CONTROL.matcher(mask(text)).replaceAll(" ");
    }

    private static String mask(String text) {
        return URL.matcher(text).replaceAll(found -> found.group(1) != null ? "$1$2/..." : "$3");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
