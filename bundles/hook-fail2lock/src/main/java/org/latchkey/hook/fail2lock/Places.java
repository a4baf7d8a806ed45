package org.latchkey.hook.fail2lock;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The attempts under way. Each takes a place of its entity before it is judged, and there are only as many
 * places as failures are left; whoever finds none waits a little for one. Who waited in vain is refused if
 * there has been a failure. If there has been none, judging just takes long, and a crowd of right secrets is
 * no attack: then the attempt goes ahead without waiting longer.
 *
 * <p>A place is freed when its attempt succeeded or its failure was counted, and by itself after
 * {@link #LIFETIME} if neither ever happens.
 */
final class Places {

    enum Outcome {
        TAKEN,
        /** As many failures as are allowed. */
        LOCKED,
        /** Some failures, and together with the attempts under way as many as are allowed, for too long. */
        BUSY
    }

    /** After this time nobody expects an attempt to be still under way. */
    static final Duration LIFETIME = Duration.ofSeconds(30);

    /** Enough locks that two entities seldom share one; it costs them a moment when they do. */
    private static final int STRIPES = 64;

    private final Stripe[] stripes = Stream.generate(Stripe::new).limit(STRIPES).toArray(Stripe[]::new);
    private final Clock clock;
    private final long patienceNanos;

    Places(Clock clock, Duration patience) {
        this.clock = clock;
        this.patienceNanos = patience.toNanos();
    }

    /** Takes a place as soon as there are fewer failures and attempts under way than allowed. */
    Outcome take(String entity, String attempt, int allowed, IntSupplier failures) throws InterruptedException {
        return stripe(entity).take(entity, attempt, allowed, failures);
    }

    boolean isTaken(String entity, String attempt) {
        return stripe(entity).isTaken(entity, attempt);
    }

    void free(String entity, String attempt) {
        stripe(entity).free(entity, attempt);
    }

    private Stripe stripe(String entity) {
        return stripes[Math.floorMod(entity.hashCode(), STRIPES)];
    }

    /** One lock with the entities under it. Fair, so that those who wait longest come first. */
    private final class Stripe {

        private final ReentrantLock lock = new ReentrantLock(true);
        private final Condition freed = lock.newCondition();

        /** When each place was taken, by entity and attempt. */
        private final Map<String, Map<String, Long>> taken = new HashMap<>();

        /**
         * The failures are read while holding the lock. So an attempt that ended has either still its place
         * here or its failure is already among those read.
         */
        Outcome take(String entity, String attempt, int allowed, IntSupplier failures) throws InterruptedException {
            long deadline = System.nanoTime() + patienceNanos;
            if (!lock.tryLock(patienceNanos, TimeUnit.NANOSECONDS)) {
                return Outcome.BUSY;
            }
            try {
                for (long left = patienceNanos; ; left = deadline - System.nanoTime()) {
                    int failed = failures.getAsInt();
                    if (failed >= allowed) {
                        return Outcome.LOCKED;
                    }
                    if (failed + underWay(entity) < allowed || failed == 0 && left <= 0) {
                        taken.computeIfAbsent(entity, any -> new HashMap<>()).put(attempt, clock.millis());
                        return Outcome.TAKEN;
                    }
                    if (left <= 0) {
                        return Outcome.BUSY;
                    }
                    freed.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        /** How many places of an entity are taken; those of attempts that never ended are freed first. */
        private int underWay(String entity) {
            long expired = clock.millis() - LIFETIME.toMillis();
            taken.values().removeIf(places -> {
                places.values().removeIf(since -> since <= expired);
                return places.isEmpty();
            });
            return taken.getOrDefault(entity, Map.of()).size();
        }

        boolean isTaken(String entity, String attempt) {
            lock.lock();
            try {
                return taken.getOrDefault(entity, Map.of()).containsKey(attempt);
            } finally {
                lock.unlock();
            }
        }

        void free(String entity, String attempt) {
            lock.lock();
            try {
                taken.computeIfPresent(entity, (id, places) -> {
                    places.remove(attempt);
                    return places.isEmpty() ? null : places;
                });
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
