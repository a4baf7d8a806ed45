package org.latchkey.hook.fail2lock;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.latchkey.api.service.PluginState;

/** The failures of every entity, kept where neither a restart nor a new revision of the plugin forgets them. */
final class Failures {

    private final PluginState state;
    private final int kept;
    private final Duration interval;
    private final Clock clock;

    /**
     * @param kept how many failures of an entity are remembered, the latest ones
     * @param interval how long a failure counts
     */
    Failures(PluginState state, int kept, Duration interval, Clock clock) {
        this.state = state;
        this.kept = kept;
        this.interval = interval;
        this.clock = clock;
    }

    /** How many failures count at this moment. */
    int count(String entity) {
        return read(entity).since(start()).failures().size();
    }

    void add(String entity) {
        change(entity, tally -> tally.since(start()).plus(clock.millis(), kept));
    }

    /** Forgets the failures; writes nothing when there are none. */
    void clear(String entity) {
        if (!read(entity).failures().isEmpty()) {
            change(entity, Tally::cleared);
        }
    }

    /**
     * Clears the failures because the entity asks for it in this version, unless the same or a later version
     * was obeyed before: of parallel attempts that all read the flag, one is the first.
     */
    void resetOnce(String entity, long version) {
        if (!isReset(entity, version)) {
            change(entity, tally -> tally.resetVersion() >= version ? tally : Tally.reset(version, clock.millis()));
        }
    }

    /** Whether a RESET in this version of the entity has had its effect. */
    boolean isReset(String entity, long version) {
        return read(entity).resetVersion() >= version;
    }

    /**
     * Removes what no longer matters. A RESET is remembered for as long as an attempt may be under way that
     * read the entity while it still carried the flag.
     */
    void forgetPassed(String entity) {
        Tally tally = read(entity);
        long resetOver = Math.min(start(), clock.millis() - Places.LIFETIME.toMillis());
        if (!tally.equals(Tally.NONE) && tally.isOver(start(), resetOver)) {
            change(entity, latest -> latest.isOver(start(), resetOver) ? Tally.NONE : latest);
        }
    }

    void forget(String entity) {
        if (!read(entity).equals(Tally.NONE)) {
            change(entity, tally -> Tally.NONE);
        }
    }

    private long start() {
        return clock.millis() - interval.toMillis();
    }

    private Tally read(String entity) {
        return parse(state.get(entity));
    }

    private void change(String entity, UnaryOperator<Tally> change) {
        state.update(entity, stored -> change.apply(parse(stored)).text());
    }

    private static Tally parse(Optional<String> stored) {
        return stored.map(Tally::parse).orElse(Tally.NONE);
    }
}
