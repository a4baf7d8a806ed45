package org.latchkey.kernel.deploy;

import java.time.Duration;

/**
 * How long the deployer takes for what, as the operator set it.
 *
 * @param poll between two looks into the deploy directory
 * @param settle how long a half-written jar may pause
 * @param start how long a plugin may take to come up
 * @param bake how long a new revision is on probation
 * @param leaks how long after the last removal what was left is looked for; zero for never
 */
record Timing(Duration poll, Duration settle, Duration start, Duration bake, Duration leaks) {

    private static final long SHORTEST_POLL = 5;

    static Timing of(Deployer.Config config) {
        return new Timing(
                Duration.ofMillis(Math.max(SHORTEST_POLL, config.pollMillis())),
                Duration.ofMillis(config.settleMillis()),
                Duration.ofSeconds(config.startSeconds()),
                Duration.ofMillis(config.bakeMillis()),
                Duration.ofSeconds(config.leakSeconds()));
    }
}
