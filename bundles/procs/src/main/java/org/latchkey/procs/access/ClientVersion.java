package org.latchkey.procs.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;

/** The oldest client that is served, by Proctor's header {@code Client-Version}. Who sends none is served. */
public final class ClientVersion {

    private static final String HEADER = "Client-Version";
    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,6}(?:\\.\\d{1,6}){0,2})(?:[-+][0-9A-Za-z.+-]{1,50})?");

    private final String minimum;
    private final int[] least;

    /**
     * @param minimum such as {@code 2.0.8}, empty for no minimum
     * @throws IllegalArgumentException if it is no version: the configuration is wrong then, not the request
     */
    public ClientVersion(String minimum) {
        this.minimum = minimum.strip();
        this.least = this.minimum.isEmpty()
                ? new int[3]
                : parse(this.minimum)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "minClientVersion is no version such as 2.0.8: " + minimum));
    }

    /** @throws Refusal (INVALID) if the client is too old, or says nonsense */
    public void check(Request request) {
        Optional<String> given = request.header(HEADER);
        if (given.isEmpty()) {
            return;
        }
        int[] version = parse(given.get().strip())
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.INVALID, "client-version", "Client-Version is no version such as 2.0.8."));
        if (Arrays.compare(version, least) < 0) {
            throw Refusal.of(
                    Refusal.Kind.INVALID,
                    "client-too-old",
                    "Your client is too old for this server: please upgrade it to " + minimum + " or later.");
        }
    }

    private static Optional<int[]> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int[] given = Stream.of(matcher.group(1).split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
        return Optional.of(Arrays.copyOf(given, 3));
    }
}
