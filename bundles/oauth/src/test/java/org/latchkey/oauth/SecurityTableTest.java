package org.latchkey.oauth;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.Test;

/** The table of attacks names tests that there are. */
public class SecurityTableTest {

    @Test
    public void everyTestOfTheTableIsThere() throws IOException {
        TestNames.areThere(Path.of("docs/security.md"), 25);
    }
}
