package org.latchkey.cas.logout;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Content;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells applications in the background that somebody signed out (CAS 3.0.3, section 2.3.3.1: fire and forget). Each is told
 * once, in one bounded time, in parallel with the others; whoever signs out waits for none of them. What fails is logged
 * and forgotten, and so is what finds too many waiting: the sign-out itself is done by then, and the application's session
 * ends when it ends.
 *
 * <p>They are called as what the operator named ({@link NamedBy#OPERATOR}), since these are the applications that he
 * registered and somebody used. No redirect is followed, and no answer is read beyond its first line.
 */
public final class BackChannel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackChannel.class);

    private final Outbound.Lane lane;
    private final Duration limit;
    private final AtomicLong dropped = new AtomicLong();

    /**
     * @param lane closed with this
     * @param limit how long telling one may take
     */
    public BackChannel(Outbound.Lane lane, Duration limit) {
        this.lane = lane;
        this.limit = limit;
    }

    /**
     * Has an application told; returns at once, whatever the URL is.
     *
     * @param url where it listens: the service URL, or its own for this
     */
    public void send(String url, LogoutRequest request) {
        Call call =
                Call.post(url, NamedBy.OPERATOR, Content.form(request.form())).within(limit);
        boolean taken = lane.tell(call, result -> report(url, result));
        if (!taken && dropped.getAndIncrement() == 0) {
            log.warn("Too many applications wait to be told of a sign-out; those beyond are not told.");
        } else if (taken && dropped.get() > 0) {
            log.atWarn().addKeyValue("dropped", dropped.getAndSet(0)).log("Applications are told of sign-outs again.");
        }
    }

    private static void report(String url, Result result) {
        if (result instanceof Outbound.Answer answer && answer.status() >= 300) {
            log.atInfo()
                    .addKeyValue("host", host(url))
                    .addKeyValue("status", answer.status())
                    .log("An application did not take the notice of a sign-out.");
        } else if (result instanceof Outbound.Failure failure) {
            log.atInfo()
                    .addKeyValue("host", host(url))
                    .addKeyValue("cause", failure.reason())
                    .log("An application could not be told of a sign-out.");
        }
    }

    /** Of the URL no more than that is for the log. */
    private static String host(String url) {
        try {
            return Optional.ofNullable(new URI(url).getHost()).orElse("");
        } catch (URISyntaxException malformed) {
            return "";
        }
    }

    /** Gives what is under way a moment, and drops the rest. */
    @Override
    public void close() {
        lane.close();
    }
}
