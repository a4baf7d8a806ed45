package org.latchkey.hook.password.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Secrets that are refused whoever chooses them. Keeps their fingerprints only, eight bytes each. */
final class Blocklist {

    private static final long LARGEST_FILE = 64L << 20;

    private final long[] fingerprints;

    private Blocklist(LongStream fingerprints) {
        this.fingerprints = fingerprints.sorted().distinct().toArray();
    }

    /** The list that comes with this plugin. */
    static Blocklist builtIn() throws IOException {
        try (InputStream list = Blocklist.class.getResourceAsStream("commonplace.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return new Blocklist(fingerprints(lines.lines()));
        }
    }

    /**
     * This list and that of a file: UTF-8, one secret a line.
     *
     * @throws IOException if the file cannot be read or is larger than 64 MiB
     */
    Blocklist and(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("The blocklist " + file + " is larger than 64 MiB.");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return new Blocklist(LongStream.concat(LongStream.of(fingerprints), fingerprints(lines)));
        }
    }

    private static LongStream fingerprints(Stream<String> lines) {
        return lines.filter(line -> !line.isBlank())
                .mapToLong(line -> Candidate.of(line).whole().fingerprint());
    }

    boolean contains(Span words) {
        return Arrays.binarySearch(fingerprints, words.fingerprint()) >= 0;
    }

    int size() {
        return fingerprints.length;
    }
}
