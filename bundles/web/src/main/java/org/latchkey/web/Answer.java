package org.latchkey.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.latchkey.api.http.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes the one answer of a request: headers of ours, headers of the endpoint, body, a line in the log. */
final class Answer {

    private static final Logger log = LoggerFactory.getLogger(Answer.class);

    private static final int UPGRADE_REQUIRED = 426;
    private static final String POLICY = "Content-Security-Policy";

    private final SecurityHeaders security;
    private final String requestId;
    private final Nonce nonce;
    private final HttpServletRequest request;
    private final HttpServletResponse to;

    Answer(
            SecurityHeaders security,
            String requestId,
            Nonce nonce,
            HttpServletRequest request,
            HttpServletResponse to) {
        this.security = security;
        this.requestId = requestId;
        this.nonce = nonce;
        this.request = request;
        this.to = to;
    }

    String requestId() {
        return requestId;
    }

    /**
     * Sends it; whether the client is still there to read it does not matter. Of an answer that goes on it sends the head.
     */
    void send(Response answer) {
        Response full = describe(answer);
        note(full.status());
        try {
            write(full);
        } catch (IOException gone) {
            log.atDebug().addKeyValue("request", requestId).log("The client did not wait for the answer");
        }
    }

    /** Sends it as the last one on its connection. */
    void sendAndClose(Response answer) {
        to.setHeader("Connection", "close");
        send(answer);
    }

    /** A bare error status becomes a problem document. */
    private Response describe(Response answer) {
        if (answer.status() < 400 || answer.body().length > 0 || answer.feed().isPresent()) {
            return answer;
        }
        Response problem = Problem.of(answer.status(), "").answer(requestId);
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            if (!header.getKey().equalsIgnoreCase("Content-Type")) {
                problem = problem.withHeader(header.getKey(), header.getValue());
            }
        }
        return problem;
    }

    /** Every answer in the debug log; of those the server is to blame for, a warning. */
    private void note(int status) {
        Level level = status >= 500 ? Level.WARN : Level.DEBUG;
        if (log.isEnabledForLevel(level)) {
            log.atLevel(level)
                    .addKeyValue("request", requestId)
                    .addKeyValue("method", request.getMethod())
                    .addKeyValue("path", request.getRequestURI())
                    .addKeyValue("status", status)
                    .log("Answered");
        }
    }

    private void write(Response answer) throws IOException {
        if (hasUnreadBody()) {
            to.setHeader("Connection", "close"); // RFC 9112, 9.6: else the client's next request is lost
        }
        if (answer.status() == UPGRADE_REQUIRED) {
            to.setHeader("Connection", "Upgrade"); // RFC 9110, 7.8: goes with the header Upgrade
        }
        byte[] body = answer.body();
        String type = contentType(answer);
        to.setStatus(answer.status());
        List<String> ancestors = answer.ancestors();
        security.forEach(type, ancestors, requestId, to::setHeader);
        if (SecurityHeaders.isPage(type)) {
            to.setHeader(POLICY, SecurityHeaders.policyOfPage(nonce.ifMade(), ancestors, policies(answer)));
        }
        answer.headers().forEach(this::header);
        answer.cookies().forEach(cookie -> to.addHeader("Set-Cookie", Cookies.line(cookie, security.isSecure())));
        if (answer.status() == 401 && !to.containsHeader("WWW-Authenticate")) {
            to.setHeader("WWW-Authenticate", "Bearer"); // RFC 9110, 11.6.1; RFC 6750, 3
        }
        if (answer.content().isPresent()) {
            to.setHeader("Content-Type", type);
            stream(answer.content().get());
            return;
        }
        if (answer.feed().isPresent()) {
            if (answer.status() >= 200) {
                to.setHeader("Content-Type", type);
            }
            return; // what follows the head is the feed's
        }
        if (body.length == 0) {
            return;
        }
        to.setHeader("Content-Type", type);
        to.setContentLength(body.length);
        to.getOutputStream().write(body);
    }

    /** The answer has begun by then, so whatever fails can only be told to the operator. */
    private void stream(Response.Content content) throws IOException {
        try {
            content.writeTo(to.getOutputStream());
        } catch (RuntimeException failed) {
            log.atWarn().addKeyValue("request", requestId).setCause(failed).log("An answer ends halfway");
        }
    }

    private static List<String> policies(Response answer) {
        return answer.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(POLICY))
                .map(Map.Entry::getValue)
                .toList();
    }

    private boolean hasUnreadBody() throws IOException {
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        return hasBody && !request.getInputStream().isFinished();
    }

    private void header(String name, String value) {
        if (name.equalsIgnoreCase(POLICY)) {
            to.addHeader(name, value);
        } else if (!security.areReserved(name) && !name.equalsIgnoreCase("Content-Type")) {
            to.setHeader(name, value);
        }
    }

    static String contentType(Response answer) {
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("Content-Type")) {
                return header.getValue();
            }
        }
        return "application/octet-stream";
    }
}
