package org.latchkey.store.sql;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The settings without which H2 forgets what it acknowledged, or closes behind the server's back. */
final class EmbeddedUrl {

    private static final String SCHEME = "jdbc:h2:";

    /** None of them replaces what an operator wrote. */
    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        // A commit returns when it is in the file, not half a second earlier.
        SETTINGS.put("WRITE_DELAY", "0");
        // Milliseconds until the space of replaced pages is used again: what is written within that time is
        // what the file is too large by. The default makes that gigabytes under load.
        SETTINGS.put("RETENTION_TIME", "1000");
        // Statistics would read whole tables within a commit, and no statement here needs them.
        SETTINGS.put("ANALYZE_AUTO", "0");
        // Milliseconds for making the file small when it is closed; nothing does while it is open and each commit is
        // written. In that time, half a gigabyte becomes a third of it.
        SETTINGS.put("MAX_COMPACT_TIME", "3000");
        // Statements that a connection keeps instead of reading them again: more than the store has.
        SETTINGS.put("QUERY_CACHE_SIZE", "32");
        // Else H2 answers a query that differs from the last one in the limit of a subquery alone with that one's rows.
        SETTINGS.put("OPTIMIZE_REUSE_RESULTS", "FALSE");
        // The framework closes the database when it stops; a shutdown hook would come before that.
        SETTINGS.put("DB_CLOSE_ON_EXIT", "FALSE");
        // No trace file: it would show statements with their values.
        SETTINGS.put("TRACE_LEVEL_FILE", "0");
    }

    private EmbeddedUrl() {}

    static boolean is(String url) {
        return url.startsWith(SCHEME);
    }

    /** Where the default database is. */
    static Path folder(String data) {
        return Path.of(data).toAbsolutePath().resolve("store");
    }

    /** The default database. The file system {@code retry:} keeps it open when a thread is interrupted. */
    static String in(Path folder) {
        return SCHEME + "retry:file:" + folder.resolve("latchkey");
    }

    /** An H2 URL with the settings that are not in it yet; any other URL as it is. */
    static String complete(String url) {
        StringBuilder complete = new StringBuilder(url);
        if (is(url)) {
            String given = url.toUpperCase(Locale.ROOT);
            SETTINGS.forEach((name, value) -> {
                if (!given.contains(";" + name + "=")) {
                    complete.append(';').append(name).append('=').append(value);
                }
            });
        }
        return complete.toString();
    }
}
