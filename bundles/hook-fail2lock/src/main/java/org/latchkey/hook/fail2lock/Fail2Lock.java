package org.latchkey.hook.fail2lock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.service.PluginState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After so many failures within a while, authentication is refused until the oldest of them has passed
 * (NetAuth's fail2lock). Nothing is locked for good: a success clears the failures, and so does the value
 * {@code RESET} under the key {@code fail2lock} of the entity's KV, once. Refused attempts do not count.
 *
 * <p>The promise: of any number of attempts at the same time, none succeeds after as many failures as are
 * allowed, and no more are judged than failures are left; only while none has failed, and judging takes
 * long, more may go ahead. See {@link Places}.
 */
@Component(configurationPid = "latchkey.fail2lock")
@Designate(ocd = Fail2Lock.Config.class)
public final class Fail2Lock implements DirectoryHook {

    @ObjectClassDefinition(
            name = "fail2lock",
            description = "Refuses authentication after too many failures within a while.")
    public @interface Config {
        @AttributeDefinition(
                name = "Allowed failures",
                description = "How many failures within the interval are let pass, 1 to 1000.",
                min = "1",
                max = "1000")
        int allowedFails() default 3;

        @AttributeDefinition(name = "Interval", description = "For how many seconds a failure counts.", min = "1")
        int intervalSeconds() default 900;
    }

    static final String KEY = "fail2lock";
    static final List<String> RESET = List.of("RESET");

    /**
     * How long an attempt waits for one under way to end. A hook has 500 ms in all, and on a server under attack the
     * rest of it is needed: whoever is late too often is put in quarantine.
     */
    static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(Fail2Lock.class);

    private final Outbox outbox;
    private final int allowed;
    private final Failures failures;
    private final Places places;

    @Activate
    public Fail2Lock(@Reference PluginState state, @Reference Outbox outbox, Config config) {
        this(
                state,
                outbox,
                config.allowedFails(),
                Duration.ofSeconds(config.intervalSeconds()),
                Clock.systemUTC(),
                PATIENCE);
    }

    Fail2Lock(PluginState state, Outbox outbox, int allowed, Duration interval, Clock clock, Duration patience) {
        if (allowed < 1 || allowed > 1000) {
            throw new IllegalArgumentException("allowedFails must be 1 to 1000, not " + allowed);
        }
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("intervalSeconds must be at least 1, not " + interval.toSeconds());
        }
        this.allowed = allowed;
        this.outbox = outbox;
        this.failures = new Failures(state, allowed, interval, clock);
        this.places = new Places(clock, patience);
    }

    @Override
    public Entity preAuthCheck(Entity entity, Attempt attempt) {
        if (isFlagged(entity)) {
            failures.resetOnce(entity.id(), entity.version());
        } else {
            failures.forgetPassed(entity.id());
        }
        switch (takePlace(entity.id(), attempt)) {
            case LOCKED -> refuseLocked(entity.id());
            case BUSY -> refuseBusy(entity.id());
            case TAKEN -> {}
        }
        return withoutFlag(entity);
    }

    /** The last word: too many may have failed since this attempt began. It is refused then, and does not count. */
    @Override
    public Entity postAuthCheck(Entity entity, Attempt attempt) {
        String request = attempt.caller().requestId();
        if (failures.count(entity.id()) >= allowed) {
            places.free(entity.id(), request);
            refuseLocked(entity.id());
        }
        failures.clear(entity.id());
        places.free(entity.id(), request);
        return entity;
    }

    /** Counts the failure before it frees the place: at no moment is an attempt neither under way nor counted. */
    @Override
    public Entity failedAuthCheck(Entity entity, Attempt attempt) {
        String request = attempt.caller().requestId();
        if (places.isTaken(entity.id(), request)) {
            failures.add(entity.id());
            places.free(entity.id(), request);
            tellLocked(entity.id(), attempt.caller().address());
        }
        return isFlagged(entity) && failures.isReset(entity.id(), entity.version()) ? withoutFlag(entity) : entity;
    }

    /** Attempts beyond the last that counts are refused and not counted, so this is told once each time. */
    private void tellLocked(String entity, String address) {
        if (outbox.isAwaited()) {
            int count = failures.count(entity);
            if (count >= allowed) {
                outbox.tell(List.of(new Notice(
                        UUID.randomUUID().toString(),
                        Fail2LockTopics.LOCKED,
                        Instant.now(),
                        "server",
                        Map.of("entity", entity, "failures", String.valueOf(count), "address", address))));
            }
        }
    }

    /** Whoever gets the name next starts anew. */
    @Override
    public Entity entityDestroy(Entity entity, Change<Entity> change) {
        failures.forget(entity.id());
        return entity;
    }

    private Places.Outcome takePlace(String entity, Attempt attempt) {
        try {
            return places.take(entity, attempt.caller().requestId(), allowed, () -> failures.count(entity));
        } catch (InterruptedException overdue) {
            Thread.currentThread().interrupt();
            return Places.Outcome.BUSY;
        }
    }

    private void refuseLocked(String entity) {
        log.atWarn()
                .addKeyValue("entity", entity)
                .addKeyValue("fails", failures.count(entity))
                .addKeyValue("allowed", allowed)
                .log("fail2lock is locking an entity");
        throw new Refusal("fail2lock", "Too many failures; try again later.");
    }

    private void refuseBusy(String entity) {
        log.atWarn()
                .addKeyValue("entity", entity)
                .addKeyValue("allowed", allowed)
                .log("fail2lock is refusing one attempt too many at the same time");
        throw new Refusal("fail2lock", "Too many attempts at the same time; try again.");
    }

    private static boolean isFlagged(Entity entity) {
        return RESET.equals(entity.kv().get(KEY));
    }

    private static Entity withoutFlag(Entity entity) {
        return isFlagged(entity) ? entity.withKv(KEY, List.of()) : entity;
    }
}
