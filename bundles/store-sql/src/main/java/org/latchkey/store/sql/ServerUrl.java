package org.latchkey.store.sql;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings without which the driver of PostgreSQL waits for ever, or for each row. */
final class ServerUrl {

    private static final String SCHEME = "jdbc:postgresql:";

    private ServerUrl() {}

    static boolean is(String url) {
        return url.startsWith(SCHEME);
    }

    /** A PostgreSQL URL with the settings that are not in it yet; any other URL as it is. */
    static String complete(String url, Duration patience) {
        if (!is(url)) {
            return url;
        }
        StringBuilder complete = new StringBuilder(url);
        settings(patience).forEach((name, value) -> {
            if (!url.matches(".*[?&]" + name + "=.*")) {
                complete.append(complete.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            }
        });
        return complete.toString();
    }

    private static Map<String, String> settings(Duration patience) {
        String seconds = Long.toString(Math.max(1, (patience.toMillis() + 999) / 1000));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ApplicationName", "latchkey");
        // Rows that are inserted together travel together.
        settings.put("reWriteBatchedInserts", "true");
        // A server that hangs, or a network that swallows: neither says that it will not answer.
        settings.put("socketTimeout", seconds);
        settings.put("connectTimeout", seconds);
        settings.put("loginTimeout", seconds);
        settings.put("cancelSignalTimeout", "1");
        settings.put("tcpKeepAlive", "true");
        return settings;
    }

    /** The same without a limit for an answer: what a migration does may take long. */
    static String unhurried(String url) {
        return is(url) ? url.replaceFirst("([?&]socketTimeout)=\\d+", "$1=0") : url;
    }
}
