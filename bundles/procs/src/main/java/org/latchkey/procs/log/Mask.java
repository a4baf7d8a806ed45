package org.latchkey.procs.log;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Hides the secrets of a run in what it prints. A secret of several lines is hidden line by line. What has fewer than four
 * characters is not hidden: it would be found everywhere and hide nothing. A program that prints a secret in another form, such as
 * base64, shows it.
 */
public final class Mask {

    private static final int SHORTEST = 4;
    private static final String HIDDEN = "***";

    private final List<String> hidden;

    public Mask(Collection<String> secrets) {
        this.hidden = secrets.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(each -> each.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** That text with stars where a secret is. */
    public String over(String text) {
        String masked = text;
        for (String each : hidden) {
            masked = masked.replace(each, HIDDEN);
        }
        return masked;
    }

    /** Nothing of what it hides. */
    @Override
    public String toString() {
        return "Mask[]";
    }
}
