package org.latchkey.cas.proxy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.latchkey.cas.outgoing.Deadline;
import org.latchkey.cas.outgoing.Message;
import org.latchkey.cas.outgoing.Outgoing;

/**
 * Brings a proxy-granting ticket to an application's callback (CAS 3.0.3, section 2.5.4): one GET, whose answer must be
 * 200. Its certificate is validated after PKIX and must be for its host; no redirect is followed; of the answer nothing but
 * the first line is read. All of it, the search for the host too, has one bounded time.
 */
public final class ProxyCallback implements AutoCloseable {

    private static final int WAITING = 64;

    private final CallbackGuard guard;
    private final Outgoing outgoing;
    private final Duration limit;

    /** What became of it. */
    public sealed interface Outcome permits Accepted, Refused {}

    /** The callback has the ticket. */
    public record Accepted() implements Outcome {}

    /**
     * It may or may not have it, and it must never be good for anything; answer INVALID_PROXY_CALLBACK.
     *
     * @param reason for the log, not for the answer: it tells of the network
     */
    public record Refused(String reason) implements Outcome {}

    /**
     * @param tls whom to trust; see {@link TrustedCertificates}
     * @param atOnce how many are called at the same time
     * @param limit for all of one call
     */
    public ProxyCallback(CallbackGuard guard, SSLSocketFactory tls, int atOnce, Duration limit) {
        this.guard = guard;
        this.outgoing = new Outgoing("latchkey-cas-callback", tls, atOnce, WAITING);
        this.limit = limit;
    }

    /**
     * Calls it, and waits for the answer.
     *
     * @param pgtUrl as the application gave it; its own query is preserved
     * @param pgtId the proxy-granting ticket, and the other its stand-in; both need no encoding
     */
    public Outcome deliver(String pgtUrl, String pgtId, String pgtIou) {
        Deadline deadline = Deadline.in(limit);
        String parameters = "pgtId=" + pgtId + "&pgtIou=" + pgtIou;
        FutureTask<Outcome> outcome = new FutureTask<>(() -> call(pgtUrl, parameters, deadline));
        if (!outgoing.execute(outcome)) {
            return new Refused("too many callbacks are being called");
        }
        try {
            return outcome.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Refused("the time was over");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Refused("the call was interrupted");
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private Outcome call(String pgtUrl, String parameters, Deadline deadline) {
        try {
            CallbackGuard.Target target = guard.check(pgtUrl);
            if (deadline.leftNanos() == 0) {
                return new Refused("the time was over");
            }
            Message message = Message.get(with(target.url(), parameters));
            int status = outgoing.status(message, target.address(), deadline);
            return status == 200 ? new Accepted() : new Refused("it answered " + status);
        } catch (CallbackRefused refused) {
            return new Refused(refused.getMessage());
        } catch (IOException failed) {
            return new Refused("it could not be called: " + failed);
        }
    }

    private static URI with(URI url, String parameters) {
        String text = url.toString().split("#", 2)[0];
        String query = url.getRawQuery();
        String glue = query == null ? "?" : query.isEmpty() ? "" : "&";
        return URI.create(text + glue + parameters);
    }

    /** Refuses what is still under way after a moment. */
    @Override
    public void close() {
        outgoing.close();
    }
}
