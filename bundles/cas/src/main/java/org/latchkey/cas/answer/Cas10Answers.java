package org.latchkey.cas.answer;

import org.latchkey.api.http.Response;

/**
 * The answers of {@code validate} (CAS 3.0.3, section 2.4). The text has one line, but clients read the user's name from a
 * second one, and fail without it.
 */
public final class Cas10Answers {

    private Cas10Answers() {}

    /** The ticket was valid. A name with a control character would be a line of its own, so it is answered with no. */
    public static Response yes(String user) {
        boolean harmless = !user.isEmpty() && user.chars().noneMatch(Cas10Answers::breaksLines);
        return harmless ? Response.text(200, "yes\n" + user + "\n") : no();
    }

    private static boolean breaksLines(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** It was not. */
    public static Response no() {
        return Response.text(200, "no\n");
    }
}
