package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that a page of the documentation names, each as {@code `Class.method`}, and those that there are. */
final class TestNames {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT)|SingleUse)\\.(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("@Test(?:\\([^)]*\\))?\\s+public void (\\w+)\\(");
    private static final List<Path> ROOTS = List.of(Path.of("src/test/java"), Path.of("../../itest/src/test/java"));

    private TestNames() {}

    /** Those that a text names, in its order. */
    static List<String> in(String text) {
        List<String> all = new ArrayList<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            all.add(named.group(1) + "." + named.group(2));
        }
        return all;
    }

    /** Fails unless a page names at least so many, and all of them are tests of this bundle or of the distribution. */
    static void areThere(Path page, int least) throws IOException {
        assertThat(there()).containsAll(named(page, least));
    }

    private static List<String> named(Path page, int least) throws IOException {
        List<String> named = in(Files.readString(page));
        assertThat(named).hasSizeGreaterThanOrEqualTo(least);
        return named;
    }

    static Set<String> there() throws IOException {
        Set<String> all = new HashSet<>();
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    Matcher method = METHOD.matcher(Files.readString(file));
                    while (method.find()) {
                        all.add(name + "." + method.group(1));
                    }
                }
            }
        }
        return all;
    }
}
