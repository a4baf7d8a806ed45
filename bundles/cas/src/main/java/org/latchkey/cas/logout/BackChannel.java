package org.latchkey.cas.logout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.latchkey.cas.outgoing.Deadline;
import org.latchkey.cas.outgoing.Message;
import org.latchkey.cas.outgoing.Outgoing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells applications in the background that somebody signed out (CAS 3.0.3, section 2.3.3.1: fire and forget). Each is told
 * once, in one bounded time, in parallel with the others; whoever signs out waits for none of them. What fails is logged
 * and forgotten, and so is what finds too many waiting: the sign-out itself is done by then, and the application's session
 * ends when it ends.
 *
 * <p>Private addresses are fine, since these are the applications that the operator registered and somebody used. Never
 * called are those that are nobody's application: link-local ones, where clouds keep their metadata, multicast and the
 * unspecified one. No redirect is followed, and no answer is read beyond its first line.
 */
public final class BackChannel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackChannel.class);

    private final Outgoing outgoing;
    private final Duration limit;
    private final AtomicLong dropped = new AtomicLong();

    /**
     * @param tls whom to trust at https
     * @param atOnce how many are told at the same time
     * @param waiting how many may wait for that
     * @param limit how long telling one may take
     */
    public BackChannel(SSLSocketFactory tls, int atOnce, int waiting, Duration limit) {
        this.outgoing = new Outgoing("latchkey-cas-logout", tls, atOnce, waiting);
        this.limit = limit;
    }

    /**
     * Has an application told; returns at once, whatever the URL is.
     *
     * @param url where it listens: the service URL, or its own for this
     */
    public void send(String url, LogoutRequest request) {
        boolean taken = outgoing.execute(() -> tell(url, request));
        if (!taken && dropped.getAndIncrement() == 0) {
            log.warn("Too many applications wait to be told of a sign-out; those beyond are not told.");
        } else if (taken && dropped.get() > 0) {
            log.atWarn().addKeyValue("dropped", dropped.getAndSet(0)).log("Applications are told of sign-outs again.");
        }
    }

    private void tell(String url, LogoutRequest request) {
        String host = "";
        try {
            URI target = target(url);
            host = target.getHost();
            Deadline deadline = Deadline.in(limit);
            int status = outgoing.status(Message.form(target, request.form()), address(host), deadline);
            if (status >= 300) {
                log.atInfo()
                        .addKeyValue("host", host)
                        .addKeyValue("status", status)
                        .log("An application did not take the notice of a sign-out.");
            }
        } catch (IOException failed) {
            log.atInfo()
                    .addKeyValue("host", host)
                    .addKeyValue("cause", failed.toString())
                    .log("An application could not be told of a sign-out.");
        }
    }

    private static URI target(String url) throws IOException {
        try {
            URI target = new URI(url);
            boolean web = "https".equalsIgnoreCase(target.getScheme()) || "http".equalsIgnoreCase(target.getScheme());
            if (web && target.getHost() != null && target.getRawUserInfo() == null) {
                return target;
            }
        } catch (URISyntaxException malformed) {
            log.debug("A URL for notices of sign-outs is malformed: {}", malformed.getReason());
        }
        throw new IOException("It is no http or https URL with a host.");
    }

    private static InetAddress address(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
            throw new IOException("Its address is no application's.");
        }
        return address;
    }

    /** Gives what is under way a moment, and drops the rest. */
    @Override
    public void close() {
        outgoing.close();
    }
}
