package org.latchkey.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer. Security headers are added to every one and cannot be taken off. One of them keeps pages out of frames,
 * so that nobody is made to click on what another site hides; {@link #framedBy(String)} is the one way around that, for a page
 * on which there is nothing to click.
 *
 * @param status such as 200
 * @param headers by name
 * @param body may be empty; must not be changed once given
 * @param content writes the body instead, as it goes, if it is present
 * @param feed tells the body bit by bit, if it is present; with status 101 it tells the messages of a WebSocket
 * @param cookies to set, in order
 * @param ancestors the origins whose pages may show this one in a frame, or {@code *} for all; none, as a rule
 */
public record Response(
        int status,
        Map<String, String> headers,
        byte[] body,
        Optional<Content> content,
        Optional<Feed> feed,
        List<Cookie> cookies,
        List<String> ancestors) {

    /** A body too large to be held. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes all of it. What it throws ends the answer where it is, so the form of the content must tell a reader
         * whether it is whole.
         */
        void writeTo(OutputStream out) throws IOException;
    }

    public Response {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
        ancestors = List.copyOf(ancestors);
    }

    /** One that no other site shows in a frame. */
    public Response(
            int status, Map<String, String> headers, byte[] body, Optional<Content> content, List<Cookie> cookies) {
        this(status, headers, body, content, Optional.empty(), cookies, List.of());
    }

    public Response(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, Optional.empty(), List.of());
    }

    /** A body that is written as it goes. */
    public static Response streamed(int status, String contentType, Content content) {
        return new Response(status, Map.of("Content-Type", contentType), new byte[0], Optional.of(content), List.of());
    }

    /** A body that goes on for as long as the feed does. The feed is closed in any case, also if nobody reads it. */
    public static Response fed(int status, String contentType, Feed feed) {
        return new Response(
                status,
                Map.of("Content-Type", contentType),
                new byte[0],
                Optional.empty(),
                Optional.of(feed),
                List.of(),
                List.of());
    }

    /**
     * Turns the connection into a WebSocket (RFC 6455) on which the server sends each piece as a text message and closes with
     * the reason of the end (1000). What the client sends is not read. If the request asks for no WebSocket, it is answered 426.
     */
    public static Response webSocket(Feed messages) {
        return new Response(101, Map.of(), new byte[0], Optional.empty(), Optional.of(messages), List.of(), List.of());
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, Map.of("Content-Type", contentType), body);
    }

    public static Response text(int status, String body) {
        return of(status, "text/plain;charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public Response withHeader(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Response(status, changed, body, content, feed, cookies, ancestors);
    }

    /** The same with a cookie, in place of one of that name (RFC 6265, 4.1.1). */
    public Response withCookie(Cookie cookie) {
        List<Cookie> more = new ArrayList<>(cookies);
        more.removeIf(each -> each.name().equals(cookie.name()));
        more.add(cookie);
        return new Response(status, headers, body, content, feed, more, ancestors);
    }

    /**
     * The same, for pages of that origin to show in a frame (HTML only; CSP 3, {@code frame-ancestors}). Whoever does this
     * vouches for it that the page does nothing by a click.
     *
     * @param ancestor an origin such as {@code https://app.example}, or {@code *} for all
     */
    public Response framedBy(String ancestor) {
        List<String> more = new ArrayList<>(ancestors);
        more.add(ancestor);
        return new Response(status, headers, body, content, feed, cookies, more);
    }
}
