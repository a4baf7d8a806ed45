package org.latchkey.notify.slack;

/**
 * Text as Slack wants it: {@code &}, {@code <} and {@code >} would begin an entity, a link or a mention such as
 * {@code <!channel>}, and are written as entities ("Escaping text" in Slack's "Formatting message text"). What is too
 * long for its place is cut, and one sees that it was.
 */
final class Escaped {

    private static final String CUT = "... (cut)";

    private Escaped() {}

    /** @param most characters that it may have, escaped */
    static String text(String raw, int most) {
        StringBuilder text = new StringBuilder();
        int keep = -1;
        for (int at = 0; at < raw.length(); at += Character.charCount(raw.codePointAt(at))) {
            String next = entity(raw.codePointAt(at));
            if (keep < 0 && text.length() + next.length() > most - CUT.length()) {
                keep = text.length();
            }
            if (text.length() + next.length() > most) {
                return text.substring(0, keep) + CUT;
            }
            text.append(next);
        }
        return text.toString();
    }

    private static String entity(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> harmless(character);
        };
    }

    /** Control characters and what turns the direction of writing could make a text look like another one. */
    private static String harmless(int character) {
        boolean control = Character.getType(character) == Character.CONTROL && character != '\n' && character != '\t';
        boolean hidden =
                Character.getType(character) == Character.FORMAT || Character.getType(character) == Character.SURROGATE;
        return control || hidden ? "\uFFFD" : Character.toString(character);
    }
}
