package org.latchkey.outbound;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.Failure.Why;
import org.latchkey.api.service.Outbound.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane with workers of its own. */
final class WorkedLane implements Outbound.Lane {

    private static final Logger log = LoggerFactory.getLogger(WorkedLane.class);
    private static final int PATIENCE_MILLIS = 500;

    private final String name;
    private final Guard guard;
    private final Sockets sockets;
    private final Traffic traffic;
    private final AtomicInteger threads = new AtomicInteger();

    WorkedLane(Outbound.Rules rules, Guard guard, SSLSocketFactory tls) {
        this.name = rules.name();
        this.guard = guard;
        this.sockets = new Sockets(tls, threads(name + "-timer"));
        this.traffic = new Traffic(rules.atOnce(), rules.perDestination(), rules.waiting(), threads(name));
    }

    private ThreadFactory threads(String prefix) {
        return work -> {
            Thread thread = new Thread(work, prefix + "-" + threads.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(WorkedLane.class.getClassLoader());
            return thread;
        };
    }

    @Override
    public Result call(Call call) {
        Deadline deadline = Deadline.in(call.limit());
        FutureTask<Result> result = new FutureTask<>(() -> make(call, deadline));
        if (!traffic.take(destination(call), new Waited(result))) {
            return new Failure(Why.BUSY, "too much is being called");
        }
        try {
            return result.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            result.cancel(false);
            return late();
        } catch (CancellationException closed) {
            return new Failure(Why.BUSY, "this is closed");
        } catch (InterruptedException stopped) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            return new Failure(Why.FAILED, "the call was interrupted");
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault);
        }
    }

    @Override
    public boolean tell(Call call, Consumer<Result> then) {
        return traffic.take(destination(call), new Told(call, then));
    }

    private record Waited(FutureTask<Result> result) implements Traffic.Work {

        @Override
        public void run() {
            result.run();
        }

        @Override
        public void drop() {
            result.cancel(false);
        }
    }

    private final class Told implements Traffic.Work {

        private final Call call;
        private final Consumer<Result> then;

        Told(Call call, Consumer<Result> then) {
            this.call = call;
            this.then = then;
        }

        @Override
        public void run() {
            Result result = make(call, Deadline.in(call.limit()));
            try {
                then.accept(result);
            } catch (RuntimeException fault) {
                log.error("Whoever was told what came of a call in {} failed", name, fault);
            }
        }

        @Override
        public void drop() {
            log.debug("A call in {} is not made any more", name);
        }
    }

    /** What is no URL goes nowhere, and is refused when it is its turn. */
    private static String destination(Call call) {
        try {
            URI url = new URI(call.url());
            return url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT) + ":" + Guard.port(url);
        } catch (URISyntaxException malformed) {
            return "";
        }
    }

    private Result make(Call call, Deadline deadline) {
        try {
            if (deadline.leftNanos() == 0) {
                return late();
            }
            Guard.Target target = guard.check(call.url(), call.namedBy());
            if (deadline.leftNanos() == 0) {
                return late();
            }
            Message message = new Message(target.url(), call.headers(), call.content());
            return sockets.send(message, target.addresses(), call.mostBytes(), deadline);
        } catch (Refused refused) {
            return new Failure(Why.REFUSED, refused.getMessage());
        } catch (AnswerReader.TooLarge tooLarge) {
            return new Failure(Why.TOO_LARGE, tooLarge.getMessage());
        } catch (IOException failed) {
            return deadline.leftNanos() == 0 ? late() : new Failure(Why.FAILED, "it could not be called: " + failed);
        }
    }

    private static Failure late() {
        return new Failure(Why.LATE, "the time was over");
    }

    @Override
    public void close() {
        try {
            boolean done = traffic.end(PATIENCE_MILLIS);
            int dropped = traffic.drop();
            sockets.close();
            if (!done) {
                log.atWarn()
                        .addKeyValue("lane", name)
                        .addKeyValue("unsent", dropped)
                        .log("Requests were given up at the end.");
            }
            traffic.await(PATIENCE_MILLIS);
        } catch (InterruptedException inAHurry) {
            traffic.drop();
            sockets.close();
            Thread.currentThread().interrupt();
        }
    }
}
