package org.latchkey.hook.fail2lock;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;

/** The steps of authentication around a hook, for one entity whose right secret is {@code right}. */
final class SignIn {

    final AtomicReference<Entity> stored =
            new AtomicReference<>(Entity.named("ada").withVersion(1));

    /** How many secrets were looked at. */
    final AtomicInteger judged = new AtomicInteger();

    private final Semaphore hashing = new Semaphore(2, true);
    private final AtomicInteger requests = new AtomicInteger();
    private final Duration hash;
    volatile DirectoryHook hook;

    SignIn(DirectoryHook hook, Duration hash) {
        this.hook = hook;
        this.hash = hash;
    }

    /** Whether the sign-in succeeds. */
    boolean with(String secret) {
        Attempt attempt = attempt();
        DirectoryHook entered = hook;
        Entity before = stored.get();
        try {
            Entity checked = entered.preAuthCheck(before, attempt);
            if (isRight(secret)) {
                Entity after = entered.postAuthCheck(checked, attempt);
                store(now -> now.version() == before.version() ? after : now);
                return true;
            }
        } catch (Refusal refused) {
            store(now -> entered.failedAuthCheck(now, attempt));
            return false;
        }
        store(now -> entered.failedAuthCheck(now, attempt));
        return false;
    }

    Attempt attempt() {
        String request = "request-" + requests.incrementAndGet();
        return new Attempt("ada", Optional.empty(), new Caller("anonymous", Set.of(), request, "127.0.0.1", false));
    }

    void flag() {
        store(now -> now.withKv(Fail2Lock.KEY, Fail2Lock.RESET));
    }

    boolean isFlagged() {
        return stored.get().kv().containsKey(Fail2Lock.KEY);
    }

    private synchronized void store(UnaryOperator<Entity> change) {
        Entity old = stored.get();
        Entity changed = change.apply(old);
        if (!changed.equals(old)) {
            stored.set(changed.withVersion(old.version() + 1));
        }
    }

    private boolean isRight(String secret) {
        judged.incrementAndGet();
        if (!hash.isZero()) {
            hashing.acquireUninterruptibly();
            try {
                TimeUnit.NANOSECONDS.sleep(hash.toNanos());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                hashing.release();
            }
        }
        return secret.equals("right");
    }
}
