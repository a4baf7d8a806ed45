package org.latchkey.runtime;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code bin/latchkey certgen} was asked for.
 *
 * @param names the common name, then other names and addresses; all are names that the certificate is for
 * @param days how long it is valid
 * @param directory where the two files go
 * @param existing what becomes of files that are there
 */
record CertificateRequest(List<String> names, int days, Path directory, Existing existing) {

    static final String USAGE =
            "Usage: latchkey certgen NAME [OTHER-NAME ...] [--days 180] [--out DIRECTORY] [--force]";

    private static final int DAYS = 180;
    private static final int MOST_DAYS = 3650;
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String NAME = "(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*";
    private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    enum Existing {
        KEPT,
        REPLACED
    }

    /**
     * Reads the words of the command.
     *
     * @param directory where the files go if nobody says
     * @throws StartRefused if they make no sense
     */
    static CertificateRequest parse(List<String> words, Path directory) {
        Set<String> names = new LinkedHashSet<>();
        int days = DAYS;
        Path out = directory;
        Existing existing = Existing.KEPT;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).replaceFirst("=.*", "");
            switch (word) {
                case "--force" -> existing = Existing.REPLACED;
                case "--days" -> days = days(words.get(i).equals(word) ? next(words, ++i) : after(words.get(i)));
                case "--out" -> out = Path.of(words.get(i).equals(word) ? next(words, ++i) : after(words.get(i)));
                default -> names.add(name(words.get(i)));
            }
        }
        if (names.isEmpty()) {
            throw new StartRefused("for which name? " + USAGE);
        }
        return new CertificateRequest(
                List.copyOf(names), days, out.toAbsolutePath().normalize(), existing);
    }

    static boolean isAddress(String name) {
        return name.matches(ADDRESS);
    }

    private static String after(String word) {
        return word.substring(word.indexOf('=') + 1);
    }

    private static String next(List<String> words, int i) {
        if (i >= words.size()) {
            throw new StartRefused(words.get(i - 1) + " needs a value. " + USAGE);
        }
        return words.get(i);
    }

    private static int days(String text) {
        int days = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > MOST_DAYS) {
            throw new StartRefused("--days is 1 to " + MOST_DAYS + ", not " + text);
        }
        return days;
    }

    private static String name(String word) {
        if (!word.matches(NAME) && !isAddress(word)) {
            throw new StartRefused(word + " is neither a host name nor an address. " + USAGE);
        }
        return word;
    }
}
