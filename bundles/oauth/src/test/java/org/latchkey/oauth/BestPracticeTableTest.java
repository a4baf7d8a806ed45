package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** Every requirement of RFC 9700 for authorization servers has a test, or the page says plainly that it is not kept. */
public class BestPracticeTableTest {

    private static final Path PAGE = Path.of("docs/rfc9700.md");

    /** A row of the table of the server's requirements: section, requirement, kept, how, test. */
    private static List<String[]> rows() throws IOException {
        return Files.readString(PAGE)
                .lines()
                .filter(line -> line.matches("\\| [24]\\..*"))
                .map(line -> line.substring(1).split(" \\|", -1))
                .filter(cells -> cells.length == 6)
                .toList();
    }

    @Test
    public void everyTestOfTheTableIsThere() throws IOException {
        TestNames.areThere(PAGE, 30);
    }

    @Test
    public void everyRequirementIsTestedOrSaidNotToBeKept() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(20).allSatisfy(cells -> {
            String kept = cells[2].strip();
            assertThat(kept).as(cells[1]).isIn("yes", "in part", "no", "not offered");
            if (!kept.equals("no") && !kept.equals("not offered")) {
                assertThat(TestNames.in(cells[4])).as(cells[1]).isNotEmpty();
            }
        });
    }
}
