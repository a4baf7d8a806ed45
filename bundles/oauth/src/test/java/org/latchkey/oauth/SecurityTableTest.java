package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.Test;

/** The table of attacks names tests that there are. */
public class SecurityTableTest {

    @Test
    public void everyTestOfTheTableIsThere() throws IOException {
        TestNames.areThere(Path.of("docs/security.md"), 25);
    }

    /** The list of attacks has forty on OAuth. */
    @Test
    public void everyAttackHasARow() throws IOException {
        String rows = Files.readAllLines(Path.of("docs/security.md")).stream()
                .filter(line -> line.startsWith("| O-"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .collect(Collectors.joining());
        for (int number = 1; number <= 40; number++) {
            assertThat(rows).contains(String.format("O-%02d", number));
        }
    }
}
