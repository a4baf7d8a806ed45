package org.latchkey.kernel.jar;

import java.util.ArrayList;
import java.util.List;

/**
 * One clause of a manifest header (OSGi Core 3.2.4).
 *
 * @param paths what it is about: packages, bundles, files
 * @param parameters its attributes and directives as they stand there
 */
record Clause(List<String> paths, List<String> parameters) {

    static List<Clause> parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : split(header, ',')) {
            List<String> parts = split(clause, ';');
            clauses.add(new Clause(
                    parts.stream().filter(part -> !isParameter(part)).toList(),
                    parts.stream().filter(Clause::isParameter).toList()));
        }
        return clauses;
    }

    private static boolean isParameter(String part) {
        return part.indexOf('=') >= 0;
    }

    /** Splits where the separator stands outside of quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == separator && !quoted) {
                add(part, parts);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        add(part, parts);
        return parts;
    }

    private static void add(StringBuilder part, List<String> parts) {
        String trimmed = part.toString().trim();
        if (!trimmed.isEmpty()) {
            parts.add(trimmed);
        }
        part.setLength(0);
    }
}
