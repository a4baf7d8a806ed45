package org.latchkey.itest;

import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Server;

/**
 * The story on another Java than the one that builds: that of the system property or variable
 * {@code LATCHKEY_TEST_JDK}, else a Java 25 of this machine.
 */
public class Jdk25IT {

    private static final String NAME = "LATCHKEY_TEST_JDK";
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private static Optional<Path> jdk = Optional.empty();

    @Rule
    public final Server server = new Server().onJava(jdk.orElseThrow());

    @BeforeClass
    public static void findIt() {
        jdk = named().or(Jdk25IT::installed);
        assumeTrue(
                "skipped: no Java 25 in " + INSTALLED + ", and " + NAME + " names no other Java to run on",
                jdk.isPresent());
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getProperty(NAME, System.getenv(NAME)))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    private static Optional<Path> installed() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(INSTALLED, "*25*")) {
            for (Path each : found) {
                if (Files.isExecutable(each.resolve("bin/java"))) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    public void theStoryHoldsOnAnotherJava() throws Exception {
        StoryIT.tell(server);
    }
}
