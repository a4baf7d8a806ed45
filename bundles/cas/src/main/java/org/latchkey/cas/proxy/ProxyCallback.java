package org.latchkey.cas.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;

/**
 * Brings a proxy-granting ticket to an application's callback (CAS 3.0.3, section 2.5.4): one GET, whose answer must be
 * 200. Whether it may be called, and how it is, is {@link Outbound}'s: https, a public address or a host that is set, no
 * redirect. Of the answer nothing but the first line is read. All of it, the search for the host too, has one bounded
 * time.
 */
public final class ProxyCallback implements AutoCloseable {

    private final Outbound.Lane lane;
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
     * @param lane closed with this
     * @param limit for all of one call
     */
    public ProxyCallback(Outbound.Lane lane, Duration limit) {
        this.lane = lane;
        this.limit = limit;
    }

    /**
     * Calls it, and waits for the answer.
     *
     * @param pgtUrl as the application gave it; its own query is preserved
     * @param pgtId the proxy-granting ticket, and the other its stand-in; both need no encoding
     */
    public Outcome deliver(String pgtUrl, String pgtId, String pgtIou) {
        String url;
        try {
            url = with(new URI(pgtUrl), "pgtId=" + pgtId + "&pgtIou=" + pgtIou);
        } catch (URISyntaxException malformed) {
            return new Refused("it is no URL");
        }
        Result result = lane.call(Call.get(url, NamedBy.REQUEST).reading(0).within(limit));
        if (result instanceof Outbound.Failure failure) {
            return new Refused(failure.reason());
        }
        int status = ((Outbound.Answer) result).status();
        return status == 200 ? new Accepted() : new Refused("it answered " + status);
    }

    private static String with(URI url, String parameters) {
        String text = url.toString().split("#", 2)[0];
        String query = url.getRawQuery();
        String glue = query == null ? "?" : query.isEmpty() ? "" : "&";
        return text + glue + parameters;
    }

    /** Refuses what is still under way after a moment. */
    @Override
    public void close() {
        lane.close();
    }
}
