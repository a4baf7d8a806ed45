package org.latchkey.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page that says what NetAuth's operations are here. */
final class NetAuthPage {

    private static final Path PAGE =
            Path.of("..").toAbsolutePath().normalize().resolve("bundles/admin/docs/netauth.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| ((?:Auth|Entity|Group|System)\\w+) \\| (.*) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private NetAuthPage() {}

    /** What an operation is here. */
    record Row(Set<String> routes, Set<String> commands) {}

    static String text() throws IOException {
        return Files.readString(PAGE);
    }

    /** The operations by their names, in their order. */
    static Map<String, Row> read() throws IOException {
        Map<String, Row> page = new LinkedHashMap<>();
        for (MatchResult row : ROW.matcher(text()).results().toList()) {
            page.put(row.group(1), new Row(quoted(row.group(2)), quoted(row.group(3))));
        }
        return page;
    }

    private static Set<String> quoted(String cell) {
        Set<String> quoted = new LinkedHashSet<>();
        QUOTED.matcher(cell).results().forEach(each -> quoted.add(each.group(1)));
        return quoted;
    }
}
