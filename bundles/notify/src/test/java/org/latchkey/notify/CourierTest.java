package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.notify.Post.QUICK;
import static org.latchkey.notify.Post.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

public class CourierTest {

    @Rule
    public final Post post = new Post();

    /** A call that never comes back holds its thread, and not the queue of the revision that comes after. */
    @Test
    public void aCallThatNeverComesBackDoesNotHoldTheQueue() {
        CountDownLatch release = new CountDownLatch(1);
        Sink stuck = new Sink(notice -> {
            try {
                release.await();
            } catch (InterruptedException ignoredOnPurpose) {
                throw new AssertionError(ignoredOnPurpose);
            }
        });
        post.plug("org.mail", stuck);
        Doctor doctor = new Doctor(post.points);
        StoredOutbox outbox = post.open(post.store, doctor, Clock.systemUTC(), QUICK);
        post.send(outbox, "1", "2");
        await(() -> !stuck.tried().isEmpty());
        post.unplugAll();
        Sink fresh = new Sink();
        post.plug("org.mail", fresh);
        doctor.action.get().run();
        await(() -> fresh.taken().size() == 2);
        assertThat(fresh.taken()).containsExactly("1", "2");
        release.countDown();
        await(() -> stuck.taken().size() == 1);
        post.send(outbox, "3");
        await(() -> post.waiting() == 0);
        assertThat(fresh.taken()).containsExactly("1", "2", "3");
        assertThat(stuck.tried()).containsExactly("1");
    }

    /** Also if notices are never given up otherwise. What is not now but later is tried for as long as ever. */
    @Test
    public void r07WhatIsRefusedForGoodIsADeadLetterAfterThreeAttempts() {
        Sink sink = new Sink();
        sink.behave(notice -> {
            if (notice.id().equals("1")) {
                throw Refusal.invalid("", "crm.example answered 422");
            }
            if (notice.id().equals("2")
                    && sink.tried().stream().filter("2"::equals).count() < 6) {
                throw new IOException("crm.example answered 503");
            }
        });
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(post.store, post.points, Clock.systemUTC(), QUICK);
        post.send(outbox, "1", "2", "3");
        await(() -> sink.taken().size() == 2);
        assertThat(sink.tried()).containsExactly("1", "1", "1", "2", "2", "2", "2", "2", "2", "3");
        assertThat(post.items(Mailbox.DEAD_LETTER)).singleElement().satisfies(letter -> assertThat(letter.body())
                .contains("answered 422", "\"attempts\":3"));
    }

    @Test
    public void whileTheStoreCannotBeReachedItWaits() {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        Unreliable store = new Unreliable(post.store);
        StoredOutbox outbox = post.open(store, post.points, Clock.systemUTC(), QUICK);
        await(() -> !post.items(Subscription.KIND).isEmpty());
        store.down = true;
        post.send(outbox, "1");
        Post.pause(Duration.ofMillis(150));
        assertThat(sink.tried()).isEmpty();
        store.down = false;
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).containsExactly("1");
    }

    /** Taken, but the death of the database keeps it from being deleted: it comes again, with the same id. */
    @Test
    public void whatCannotBeDeletedComesAgain() {
        Unreliable store = new Unreliable(post.store);
        Sink sink = new Sink();
        sink.behave(notice -> store.down = sink.tried().size() == 1);
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(store, post.points, Clock.systemUTC(), QUICK);
        await(() -> !post.items(Subscription.KIND).isEmpty());
        post.send(outbox, "1");
        await(() -> !sink.taken().isEmpty() && store.refused);
        store.down = false;
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).containsExactly("1", "1");
    }

    /** Has the remedy of the last run at hand, as the kernel's watchdog has. */
    private record Doctor(ExtensionPoints points, AtomicReference<Runnable> action) implements ExtensionPoints {

        Doctor(ExtensionPoints points) {
            this(points, new AtomicReference<>());
        }

        @Override
        public <T> Extensions<T> of(Class<T> point) {
            return points.of(point);
        }

        @Override
        public List<Extensions<?>> all() {
            return points.all();
        }

        @Override
        public boolean quarantine(String extension, String reason) {
            return points.quarantine(extension, reason);
        }

        @Override
        public boolean release(String extension) {
            return points.release(extension);
        }

        @Override
        public Scope whenStuck(Runnable remedy) {
            action.set(remedy);
            return () -> {};
        }
    }

    /** A store whose database can be away. */
    private static final class Unreliable implements Store {

        private final Store store;
        private volatile boolean down;
        private volatile boolean refused;

        Unreliable(Store store) {
            this.store = store;
        }

        private Store up() {
            if (down) {
                refused = true;
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "store-unavailable", "The database cannot be reached.");
            }
            return store;
        }

        @Override
        public Optional<Item> get(String kind, String key) {
            return up().get(kind, key);
        }

        @Override
        public List<Item> list(String kind, String prefix, String after, int limit) {
            return up().list(kind, prefix, after, limit);
        }

        @Override
        public List<Item> find(String kind, String field, String value, String after, int limit) {
            return up().find(kind, field, value, after, limit);
        }

        @Override
        public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
            return up().scan(kind, field, prefix, afterValue, afterKey, limit);
        }

        @Override
        public Optional<String> highest(String kind, String field) {
            return up().highest(kind, field);
        }

        @Override
        public void commit(List<Write> writes) throws Conflict {
            up().commit(writes);
        }
    }
}
