package org.latchkey.directory;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hashed secret in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 *
 * @param cost what it was computed with
 * @param salt 16 bytes
 * @param hash 32 bytes
 */
record Phc(Cost cost, byte[] salt, byte[] hash) {

    /**
     * Argon2id parameters (RFC 9106).
     *
     * @param memoryKib memory in KiB
     * @param iterations passes over it
     * @param parallelism lanes
     */
    record Cost(int memoryKib, int iterations, int parallelism) {}

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** Reads the format, if it is that. */
    static Optional<Phc> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Cost cost = new Cost(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        Base64.Decoder base64 = Base64.getDecoder();
        return Optional.of(new Phc(cost, base64.decode(matcher.group(4)), base64.decode(matcher.group(5))));
    }

    /** The format, for the store alone. */
    String format() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Shows the cost and nothing else: a hash must never be printed. */
    @Override
    public String toString() {
        return "Phc[" + cost + "]";
    }
}
