package org.latchkey.example.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

public class ReadmeTest {

    @Test
    public void everySettingIsListedWithItsTypeAndNoOther() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\|")[1].strip() + " " + line.split("\\|")[2].strip()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Mirror.Config.class.getDeclaredMethods())
                        .map(setting -> "`" + setting.getName().replace('_', '.') + "` "
                                + setting.getReturnType().getSimpleName())
                        .toList());
        assertThat(lines).hasSizeLessThanOrEqualTo(40);
    }

    /** An example that people copy is one they can read. */
    @Test
    public void itIsShort() throws IOException {
        long lines = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                lines += Files.readAllLines(source).size();
            }
        }
        assertThat(lines).isLessThan(250);
    }
}
