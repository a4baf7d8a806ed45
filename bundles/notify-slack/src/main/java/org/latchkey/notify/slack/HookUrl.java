package org.latchkey.notify.slack;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** The URL of an incoming webhook. All of it but the host is a secret, so no text of this has more. */
final class HookUrl {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String url;
    private final String host;

    private HookUrl(URI url) {
        this.url = url.toString();
        this.host = url.getHost();
    }

    /** @throws IllegalArgumentException that says what is wrong with it, and does not quote it */
    static HookUrl of(String text) {
        URI url = parse(text.strip());
        demand(
                url.getHost() != null,
                ".url must be the URL of an incoming webhook, https://hooks.slack.com/services/...");
        boolean local = "http".equalsIgnoreCase(url.getScheme()) && THIS_MACHINE.contains(url.getHost());
        demand(
                local || "https".equalsIgnoreCase(url.getScheme()),
                ".url must be https; http is for this machine only, as it would show the secret in the URL to the network");
        demand(url.getRawUserInfo() == null, ".url must have no user");
        return new HookUrl(url);
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(".url is not a URL"); // without the cause, which quotes it
        }
    }

    private static void demand(boolean met, String fault) {
        if (!met) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** All of it, for the call alone. */
    String secret() {
        return url;
    }

    String host() {
        return host;
    }

    /** A text that others wrote, without the URL or the secret part of it. */
    String removedFrom(String text) {
        URI parsed = URI.create(url);
        String path = parsed.getRawPath() == null ? "" : parsed.getRawPath();
        String masked = text.replace(url, "(url)");
        for (String part : path.split("/")) {
            masked = part.length() >= 8 ? masked.replace(part, "...") : masked;
        }
        String query = parsed.getRawQuery();
        return query == null || query.isEmpty() ? masked : masked.replace(query, "...");
    }

    @Override
    public String toString() {
        return host;
    }
}
