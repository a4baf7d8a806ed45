package org.latchkey.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.websocket.core.exception.WebSocketException;
import org.latchkey.api.http.Response;
import org.latchkey.web.feed.ContainedFeed;
import org.latchkey.web.feed.Feeds;
import org.latchkey.web.feed.Follower;
import org.latchkey.web.feed.Parting;
import org.latchkey.web.feed.StreamOutlet;
import org.latchkey.web.feed.WebSocketOutlet;
import org.latchkey.web.feed.WebSocketUpgrade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the answers that go on, or says why not; in any case the exchange and the feed end some time. */
final class FedAnswer {

    private static final Logger log = LoggerFactory.getLogger(FedAnswer.class);
    private static final int WEB_SOCKET = 101;

    private static final Problem BROKEN =
            Problem.of(500, "Something went wrong; the log tells more under this request's id.");
    private static final Problem TOO_MANY = Problem.of(503, "As many follow as may at once.");

    private final Feeds feeds;
    private final HandshakeRule rule;
    private final WebSocketUpgrade upgrade = new WebSocketUpgrade();

    FedAnswer(Feeds feeds, HandshakeRule rule) {
        this.feeds = feeds;
        this.rule = rule;
    }

    /** Begins an answer whose feed the server has contained; returns at once. */
    void give(Response response, Answer answer, AsyncContext exchange) {
        ContainedFeed feed = (ContainedFeed) response.feed().orElseThrow();
        boolean goesOn = false;
        try {
            Optional<Response> instead = response.status() == WEB_SOCKET
                    ? converse(response, feed, answer, exchange)
                    : stream(response, feed, answer, exchange);
            instead.ifPresent(answer::send);
            goesOn = instead.isEmpty();
        } finally {
            if (!goesOn) {
                exchange.complete();
                feed.close();
            }
        }
    }

    /** What to answer instead, if the body does not begin. */
    private Optional<Response> stream(Response response, ContainedFeed feed, Answer answer, AsyncContext exchange) {
        if (request(exchange).getMethod().equals("HEAD")) {
            return Optional.of(response); // of which the head alone is sent
        }
        try {
            StreamOutlet outlet = new StreamOutlet(exchange, Answer.contentType(response));
            Optional<Follower> follower = feeds.admit(feed, outlet);
            if (follower.isEmpty()) {
                return Optional.of(TOO_MANY.answer(answer.requestId()));
            }
            answer.send(response.withHeader("X-Accel-Buffering", "no")); // of nginx, which would hold it back
            outlet.open(follower.get());
            return Optional.empty();
        } catch (IOException gone) {
            log.atDebug().addKeyValue("request", answer.requestId()).log("The client did not wait for the answer");
            return Optional.of(BROKEN.answer(answer.requestId()));
        }
    }

    /** What to answer instead, if there is no WebSocket. */
    private Optional<Response> converse(Response response, ContainedFeed feed, Answer answer, AsyncContext exchange) {
        HttpServletRequest request = request(exchange);
        Optional<Response> fault = rule.fault(request, answer.requestId(), upgrade.isAskedBy(request));
        if (fault.isPresent()) {
            return fault;
        }
        WebSocketOutlet outlet = new WebSocketOutlet();
        Optional<Follower> follower = feeds.admit(feed, outlet);
        if (follower.isEmpty()) {
            return Optional.of(TOO_MANY.answer(answer.requestId()));
        }
        outlet.open(follower.get());
        answer.send(response);
        if (accepts(request, outlet, answer)) {
            exchange.complete(); // which is when the connection changes
            return Optional.empty();
        }
        follower.get().part(Parting.GONE);
        return Optional.of(
                Problem.of(400, "This is no handshake of a WebSocket.").answer(answer.requestId()));
    }

    private boolean accepts(HttpServletRequest request, WebSocketOutlet outlet, Answer answer) {
        try {
            return upgrade.accept(request, outlet, feeds.heartbeat());
        } catch (WebSocketException | BadMessageException faulty) {
            log.atDebug()
                    .addKeyValue("request", answer.requestId())
                    .setCause(faulty)
                    .log("No WebSocket");
            return false;
        }
    }

    private static HttpServletRequest request(AsyncContext exchange) {
        return (HttpServletRequest) exchange.getRequest();
    }
}
