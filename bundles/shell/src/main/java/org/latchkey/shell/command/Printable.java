package org.latchkey.shell.command;

/** Text that cannot steer the terminal it is shown on: somebody else chose the names in it. */
public final class Printable {

    private Printable() {}

    /** The text with every control character written as its code, line feeds too. */
    public static String text(String text) {
        return escaped(text, false);
    }

    /** The same for text of several lines. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean linesStay) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isHarmless(point) || linesStay && point == '\n') {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("\\u%04x", point));
            }
        });
        return shown.toString();
    }

    /** Format characters can turn the reading direction around. */
    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
