package org.latchkey.oauth.dpop;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.latchkey.oauth.key.Seal;

/**
 * Nonces for proofs (RFC 9449, 8): the time, sealed. They need no storage, every node knows those of the others, and nobody can
 * make proofs for times to come.
 */
public final class Nonces {

    /** What nonces are sealed for. */
    public static final String PURPOSE = "dpop-nonce";

    /** How long one is given out. */
    static final Duration SLOT = Duration.ofMinutes(1);

    /** For how many slots one is taken, with that of its making. */
    private static final int SLOTS = 5;

    private final Seal seal;
    private final Clock clock;

    /** @param seal for {@link #PURPOSE} */
    public Nonces(Seal seal, Clock clock) {
        this.seal = seal;
        this.clock = clock;
    }

    /** The one to use now. */
    public String current() {
        return of(slot());
    }

    private long slot() {
        return clock.millis() / SLOT.toMillis();
    }

    private String of(long slot) {
        return seal.seal(Long.toString(slot).getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it is one of ours, and of the last minutes; also that of another node whose clock is a little ahead. */
    boolean isGood(String nonce) {
        return seal.open(nonce)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .filter(made -> made <= slot() + 1 && made > slot() - SLOTS)
                .isPresent();
    }
}
