package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryStore;

/** One or more outboxes on one store, as of nodes or of lives of one node. */
final class Post extends ExternalResource {

    static final Settings QUICK = new Settings(
            Duration.ofMillis(100),
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(40)),
            0,
            1000,
            1000,
            Duration.ofHours(24));

    private static final Duration TICK = Duration.ofMillis(10);

    final MemoryStore store = new MemoryStore();
    final LocalExtensionPoints points = new LocalExtensionPoints();
    private final List<StoredOutbox> open = new ArrayList<>();

    StoredOutbox open(Settings settings) {
        return open(store, points, Clock.systemUTC(), settings);
    }

    StoredOutbox open(Store other, ExtensionPoints otherPoints, Clock clock, Settings settings) {
        StoredOutbox outbox = new StoredOutbox(other, otherPoints, clock, settings, TICK);
        open.add(outbox);
        return outbox;
    }

    @Override
    protected void after() {
        open.forEach(StoredOutbox::close);
    }

    /** The notifier's name is the plugin's with {@code .Main}. */
    void plug(String plugin, Notifier notifier) {
        points.add(Notifier.class, notifier, plugin, 0, "");
    }

    void unplugAll() {
        points.clear(Notifier.class);
    }

    static Notice notice(String id) {
        return new Notice(id, "entity.created", Instant.now(), "root", Map.of("entity", id));
    }

    /** As a change does: in one commit, then told. */
    void send(StoredOutbox outbox, String... ids) {
        store(outbox, ids);
        outbox.stored();
    }

    /** As a change does whose process dies before it can tell. */
    void store(StoredOutbox outbox, String... ids) {
        commit(outbox.enclose(Stream.of(ids).map(Post::notice).toList()));
    }

    void commit(List<Write> writes) {
        try {
            store.commit(writes);
        } catch (Store.Conflict conflict) {
            throw new AssertionError(conflict);
        }
    }

    List<Item> items(String kind) {
        return store.list(kind, "", "", 10_000);
    }

    int waiting() {
        return items(Mailbox.NOTICE).size();
    }

    /** Waits, generously, for what happens on other threads. */
    static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start)
                    .as("it happens")
                    .isLessThan(Duration.ofSeconds(30).toNanos());
            pause(Duration.ofMillis(5));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
