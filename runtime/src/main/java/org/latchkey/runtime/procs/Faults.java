package org.latchkey.runtime.procs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import javax.net.ssl.SSLException;

/** What to tell a person when the server says no, or nothing. */
final class Faults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Faults() {}

    /** @param body a problem document (RFC 9457), or plain text */
    static ClientFailure of(int status, String body, ClientSettings settings) {
        String detail = detail(body);
        return ClientFailure.refused(
                switch (status) {
                    case 401 -> unauthorized(settings, detail);
                    case 403 ->
                        with("You may not do this: ask an administrator of the procs for the groups it takes.", detail);
                    case 404 -> with("There is nothing of this name or id, or it is not yours to see.", detail);
                    case 301, 302, 303, 307, 308 ->
                        "The server redirects to another address, which is not followed: correct PROCTOR_HOST.";
                    case 503 -> with("The server cannot do this at the moment.", detail);
                    default -> with("The server answers with " + status + ".", detail);
                });
    }

    private static String unauthorized(ClientSettings settings, String detail) {
        Map<String, String> credentials = settings.credentials();
        if (credentials.containsKey("Authorization")) {
            return with(
                    "The server does not accept LATCHKEY_TOKEN ("
                            + settings.origins().get(Setting.LATCHKEY_TOKEN) + "): it is wrong or has expired.",
                    detail);
        }
        if (credentials.size() == 2) {
            return with(
                    "The server does not accept EMAIL_ID and ACCESS_TOKEN ("
                            + settings.origins().get(Setting.ACCESS_TOKEN)
                            + "): check whether they are right and still valid.",
                    detail);
        }
        String missing = credentials.isEmpty()
                ? "EMAIL_ID and ACCESS_TOKEN"
                : credentials.containsKey("Email-Id") ? "ACCESS_TOKEN" : "EMAIL_ID";
        return "The server wants to know who you are, but " + missing + " is not configured: latchkey procs config"
                + " EMAIL_ID=ADDRESS ACCESS_TOKEN=- (or LATCHKEY_TOKEN=-)";
    }

    static ClientFailure late(URI address, ClientSettings settings) {
        return ClientFailure.unreachable(address + " does not answer within "
                + settings.timeout().toSeconds() + " s (CONNECTION_TIMEOUT_SECS).");
    }

    static ClientFailure unreachable(URI address, Throwable cause) {
        String reason;
        if (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException
                || cause instanceof UnknownHostException) {
            reason = "no such host";
        } else if (cause instanceof ConnectException) {
            reason = "connection refused";
        } else if (cause instanceof SSLException) {
            reason = "TLS: " + Terminal.plain(String.valueOf(cause.getMessage()));
        } else {
            reason = Terminal.plain(String.valueOf(cause.getMessage()));
        }
        return ClientFailure.unreachable(
                address + " cannot be reached: " + reason + ". Check the network and PROCTOR_HOST.");
    }

    private static String with(String sentence, String detail) {
        return detail.isEmpty() ? sentence : sentence + "\n" + detail;
    }

    private static String detail(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String detail = problem.path("detail").asText(problem.path("title").asText(""));
            String pointer = problem.path("pointer").asText("");
            return Terminal.plain(pointer.isEmpty() ? detail : pointer + ": " + detail);
        } catch (JsonProcessingException text) {
            String plain = Terminal.plain(body);
            return plain.startsWith("<") || plain.length() > 500 ? "" : plain;
        }
    }
}
