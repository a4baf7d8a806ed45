package org.latchkey.web.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration.ConfigurationCustomizer;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketExtensionRegistry;
import org.eclipse.jetty.websocket.core.exception.WebSocketException;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;

/**
 * Turns the connection of a request into a WebSocket, by Jetty's own implementation of RFC 6455 below the Servlet API, which has
 * no word for it. No extension is offered: messages are short, and compression would tell their secrets by their length.
 */
public final class WebSocketUpgrade {

    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

    /** Longer than any pause between two pings. */
    private static final int IDLE_BEATS = 6;

    private final Handshaker handshaker = Handshaker.newInstance();

    /** Of the server whose requests these are. */
    private Optional<WebSocketComponents> components = Optional.empty();

    /** Whether the request asks for a WebSocket in a way that can be answered. */
    public boolean isAskedBy(HttpServletRequest request) {
        return handshaker.isWebSocketUpgradeRequest(ServletContextRequest.getServletContextRequest(request));
    }

    /**
     * Answers 101; the connection changes as soon as the exchange is complete.
     *
     * @return whether it does
     */
    public boolean accept(HttpServletRequest request, WebSocketOutlet outlet, Duration heartbeat) {
        ServletContextRequest from = ServletContextRequest.getServletContextRequest(request);
        ConfigurationCustomizer limits = new ConfigurationCustomizer();
        limits.setIdleTimeout(heartbeat.multipliedBy(IDLE_BEATS));
        limits.setWriteTimeout(WRITE_TIMEOUT);
        limits.setMaxFrameSize(WebSocketOutlet.LONGEST_MESSAGE);
        return handshaker.upgradeRequest(
                new Negotiator(outlet),
                from,
                from.getServletContextResponse(),
                Callback.from(() -> {}, outlet::fail),
                componentsOf(from),
                limits);
    }

    private synchronized WebSocketComponents componentsOf(Request request) {
        Executor executor = request.getComponents().getExecutor();
        if (components.isEmpty() || components.get().getExecutor() != executor) {
            WebSocketExtensionRegistry none = new WebSocketExtensionRegistry();
            Set.copyOf(none.getAvailableExtensionNames()).forEach(none::unregister);
            components = Optional.of(new WebSocketComponents(
                    none, null, request.getComponents().getByteBufferPool(), null, null, executor));
        }
        return components.get();
    }

    /** Has nothing to negotiate. */
    private static final class Negotiator extends WebSocketNegotiator.AbstractNegotiator {

        private final WebSocketOutlet outlet;

        Negotiator(WebSocketOutlet outlet) {
            this.outlet = outlet;
        }

        @Override
        public FrameHandler negotiate(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback)
                throws WebSocketException {
            return outlet;
        }
    }
}
