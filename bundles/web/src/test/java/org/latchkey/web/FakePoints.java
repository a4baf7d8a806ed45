package org.latchkey.web;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.testkit.LocalExtensionPoints;

/** Extension points whose endpoints get stuck when the test says so. */
final class FakePoints implements ExtensionPoints {

    final FakeEndpoints endpoints = new FakeEndpoints(this::isStuck);

    /** All other points. */
    final LocalExtensionPoints others = new LocalExtensionPoints();

    /** What to do for the requests that are running, newest first. */
    final Deque<Runnable> wayOut = new ConcurrentLinkedDeque<>();

    /** The same, by the thread that would be stuck. */
    private final Map<Thread, Runnable> ofThreads = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    public <T> Extensions<T> of(Class<T> point) {
        return point == Endpoint.class ? (Extensions<T>) endpoints : others.of(point);
    }

    @Override
    public List<Extensions<?>> all() {
        return List.of(endpoints);
    }

    @Override
    public boolean quarantine(String extension, String reason) {
        return false;
    }

    @Override
    public boolean release(String extension) {
        return false;
    }

    @Override
    public Scope whenStuck(Runnable action) {
        wayOut.push(action);
        ofThreads.put(Thread.currentThread(), action);
        return () -> {
            wayOut.remove(action);
            ofThreads.remove(Thread.currentThread());
        };
    }

    private void isStuck(Thread thread) {
        ofThreads.get(thread).run();
    }
}
