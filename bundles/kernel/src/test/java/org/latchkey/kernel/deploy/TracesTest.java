package org.latchkey.kernel.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;

public class TracesTest {

    /** The class loader of some bundle. */
    private static final class Loader extends ClassLoader implements BundleReference {

        @Override
        public Bundle getBundle() {
            throw new UnsupportedOperationException();
        }
    }

    private final ThreadGroup group = new ThreadGroup("plugin-test");
    private final Loader plugin = new Loader();
    private final Traces traces = new Traces(group, plugin);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> started = new ArrayList<>();

    @After
    public void endThreads() throws InterruptedException {
        end.countDown();
        for (Thread thread : started) {
            thread.join();
        }
    }

    private Thread start(ThreadGroup in, ClassLoader context) {
        Thread thread = new Thread(in, this::await, "traces-test");
        thread.setContextClassLoader(context);
        started.add(thread);
        thread.start();
        return thread;
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException asked) {
            return;
        }
    }

    @Test
    public void aThreadStartedWhileItCameUpIsThePlugins() {
        Thread own = start(group, getClass().getClassLoader());
        assertThat(traces.threads()).containsExactly(own);
    }

    @Test
    public void aThreadStartedInACallIsThePlugins() {
        Thread own = start(Thread.currentThread().getThreadGroup(), plugin);
        assertThat(traces.threads()).containsExactly(own);
    }

    @Test
    public void aThreadOfAPoolOfTheServerIsNotThePluginsThatMadeThePoolGrow() throws InterruptedException {
        Thread pool = start(group, new Loader());
        assertThat(traces.threads()).isEmpty();
        traces.interrupt();
        pool.join(50);
        assertThat(pool.isAlive()).isTrue();
    }

    @Test
    public void onlyThreadsStartedWhileItCameUpAreInterrupted() throws InterruptedException {
        Thread own = start(group, plugin);
        Thread inACall = start(Thread.currentThread().getThreadGroup(), plugin);
        traces.interrupt();
        own.join();
        inACall.join(50);
        assertThat(inACall.isAlive()).isTrue();
    }
}
