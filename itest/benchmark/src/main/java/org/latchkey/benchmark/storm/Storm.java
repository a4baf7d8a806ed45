package org.latchkey.benchmark.storm;

import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Store;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A whole plugin in one class: makes notices, each with a commit of its own or handed over at a rate, and takes them again.
 * {@code /storm/commit?threads=N&seconds=N}, {@code /storm/tell?rate=N&seconds=N}, {@code /storm/report}.
 */
public final class Storm implements BundleActivator, Endpoint {

    private static final String TYPE = "benchmark.happened";
    private static final String FACT = "what";
    private static final int PER_TURN = 10;

    private final AtomicLong made = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private Outbox outbox;
    private Store store;

    @Override
    public void start(BundleContext context) {
        outbox = context.getService(context.getServiceReference(Outbox.class));
        store = context.getService(context.getServiceReference(Store.class));
        Notifier sink = notice -> delivered.addAndGet(notice.type().equals(TYPE) ? 1 : 0);
        NoticeCatalogue listed =
                () -> List.of(new NoticeCatalogue.Topic(TYPE, "It was asked for.", FACT, Map.of(FACT, "some text")));
        context.registerService(Notifier.class, sink, null);
        context.registerService(NoticeCatalogue.class, listed, null);
        context.registerService(Endpoint.class, this, new Hashtable<>(Map.of(Endpoint.MOUNT, "storm")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the services away.
    }

    @Override
    public Response handle(Request request) {
        switch (request.path()) {
            case "/commit" -> {
                long end = end(request);
                for (int i = 0; i < number(request, "threads"); i++) {
                    run(() -> commit(end));
                }
            }
            case "/tell" -> {
                long end = end(request);
                int rate = number(request, "rate");
                run(() -> tell(rate, end));
            }
            default -> {}
        }
        return Response.text(200, made.get() + " " + delivered.get());
    }

    private static int number(Request request, String name) {
        return Integer.parseInt(request.query(name).get(0));
    }

    private static long end(Request request) {
        return System.nanoTime() + number(request, "seconds") * 1_000_000_000L;
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "storm");
        thread.setDaemon(true);
        thread.start();
    }

    private void commit(long end) {
        while (System.nanoTime() < end) {
            try {
                store.commit(outbox.enclose(List.of(notice())));
                outbox.stored();
                made.incrementAndGet();
            } catch (Store.Conflict taken) {
                throw new IllegalStateException(taken);
            }
        }
    }

    private void tell(int rate, long end) {
        long start = System.nanoTime();
        for (long turn = 0; System.nanoTime() < end; turn++) {
            for (int i = 0; i < PER_TURN; i++) {
                outbox.tell(List.of(notice()));
            }
            made.addAndGet(PER_TURN);
            LockSupport.parkNanos(start + turn * PER_TURN * 1_000_000_000L / rate - System.nanoTime());
        }
    }

    private static Notice notice() {
        return new Notice(
                UUID.randomUUID().toString(), TYPE, Instant.now(), "benchmark", Map.of(FACT, "x".repeat(200)));
    }
}
