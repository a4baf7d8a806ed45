package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** The table of attacks names tests that there are. */
public class SecurityTableTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT)|SingleUse)\\.(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("@Test\\s+public void (\\w+)\\(");

    @Test
    public void everyTestOfTheTableIsThere() throws IOException {
        Set<String> there = tests();
        Matcher named = NAMED.matcher(Files.readString(Path.of("docs/security.md")));
        int count = 0;
        while (named.find()) {
            assertThat(there).contains(named.group(1) + "." + named.group(2));
            count++;
        }
        assertThat(count).isGreaterThan(25);
    }

    private static Set<String> tests() throws IOException {
        Set<String> all = new HashSet<>();
        for (Path root : List.of(Path.of("src/test/java"), Path.of("../../itest/src/test/java"))) {
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
