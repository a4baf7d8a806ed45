package org.latchkey.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** The throttles as the operator set them. */
final class Throttles {

    private Throttles() {}

    /** For every way to sign in. */
    static Throttle ofSignIns(ChainedAuthentication.Config config, SignInNotices notices) {
        return throttle(
                new Throttle.Limits(
                        config.nameAtAddress(),
                        config.name(),
                        config.address(),
                        window(config),
                        config.local() ? Throttle.Local.COUNTS : Throttle.Local.IS_FREE),
                notices);
    }

    /** Who guesses at further proofs has the secret, and a session, and may be anywhere; nobody is known by that. */
    static Throttle ofProofs(ChainedAuthentication.Config config, SignInNotices notices) {
        return throttle(
                new Throttle.Limits(
                        config.proof(), config.proof(), Integer.MAX_VALUE, window(config), Throttle.Local.COUNTS),
                notices);
    }

    private static Throttle throttle(Throttle.Limits limits, SignInNotices notices) {
        return new Throttle(limits, Ticker.systemTicker(), notices::throttled);
    }

    private static Duration window(ChainedAuthentication.Config config) {
        return Duration.ofSeconds(config.seconds());
    }
}
