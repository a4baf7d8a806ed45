package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.MemoryStore;

public class SuccessionTest {

    private static final JWSAlgorithm ES = JWSAlgorithm.ES256;
    private static final EnumSet<Thread.State> AT_REST =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.BLOCKED, Thread.State.TERMINATED);

    private final MemoryStore store = new MemoryStore();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch mayRead = new CountDownLatch(1);

    private static Succession node(Store on) {
        return new Succession(
                new KeyStorage(on, "oidc", Clock.systemUTC()),
                List.of(ES),
                new KeyPairs(Optional.empty()),
                KeyAges.USUAL,
                Clock.systemUTC());
    }

    /** Its first list takes until it is let go. */
    private Store slow() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        reading.countDown();
                        assertThat(mayRead.await(60, TimeUnit.SECONDS)).isTrue();
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static void waitUntilAtRest(Thread thread) throws InterruptedException {
        for (int i = 0; i < 6000 && !AT_REST.contains(thread.getState()); i++) {
            Thread.sleep(10);
        }
        assertThat(thread.getState()).isIn(AT_REST);
    }

    /** So it is when a server was just replaced under load: many ask at once for keys that nobody has read yet. */
    @Test
    public void whoAsksWhileAnotherReadsForTheFirstTimeIsToldWhatThatOneRead() throws Exception {
        String kid = node(store).current(ES).kid();
        Succession fresh = node(slow());
        FutureTask<Optional<StoredKey>> first = new FutureTask<>(() -> fresh.find(kid));
        FutureTask<Optional<StoredKey>> second = new FutureTask<>(() -> fresh.find(kid));
        new Thread(first).start();
        assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
        Thread another = new Thread(second);
        another.start();
        waitUntilAtRest(another);
        mayRead.countDown();

        assertThat(first.get(60, TimeUnit.SECONDS)).isPresent();
        assertThat(second.get(60, TimeUnit.SECONDS)).isPresent();
    }
}
