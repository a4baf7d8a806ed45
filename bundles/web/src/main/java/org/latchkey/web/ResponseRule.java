package org.latchkey.web;

import java.util.regex.Pattern;
import org.latchkey.api.http.Response;

/** What an endpoint must keep to in its answer; one that does not has a fault of its own. */
final class ResponseRule {

    /** What may show a page in a frame: an origin of the web, or all. */
    private static final Pattern ANCESTOR = Pattern.compile("\\*|https?://[A-Za-z0-9.:\\[\\]-]+");

    private static final int WEB_SOCKET = 101;

    private ResponseRule() {}

    /** The response itself, if it can be sent. */
    static Response checked(Response response) {
        if (response == null) {
            throw new IllegalStateException("The endpoint gave no response.");
        }
        boolean isWebSocket = response.status() == WEB_SOCKET && response.feed().isPresent();
        if (!isWebSocket && (response.status() < 200 || response.status() > 599)) {
            throw new IllegalStateException("The endpoint gave the status " + response.status() + ".");
        }
        if (response.feed().isPresent() && (response.content().isPresent() || !mayHaveBody(response.status()))) {
            throw new IllegalStateException("The endpoint gave a feed where none can be.");
        }
        response.headers().forEach((name, value) -> {
            if (name.isEmpty() || !isToken(name) || !isPrintable(value)) {
                throw new IllegalStateException("The endpoint gave a header that cannot be sent.");
            }
        });
        response.ancestors().forEach(ancestor -> {
            if (!ANCESTOR.matcher(ancestor).matches()) {
                throw new IllegalStateException("The endpoint lets something frame its page that is no origin.");
            }
        });
        return response;
    }

    private static boolean mayHaveBody(int status) {
        return status != 204 && status != 304;
    }

    private static boolean isToken(String name) {
        return name.chars()
                .allMatch(each -> each == '-' || each == '_' || each < 128 && Character.isLetterOrDigit(each));
    }

    /** Free of line breaks and other control characters, which would end the header (RFC 9110, 5.5). */
    private static boolean isPrintable(String value) {
        return value.chars().allMatch(each -> each >= ' ' && each <= '~');
    }
}
