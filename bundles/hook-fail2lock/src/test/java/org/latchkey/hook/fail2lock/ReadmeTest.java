package org.latchkey.hook.fail2lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

public class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @Test
    public void everySettingIsListedWithTypeAndDefaultAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', line.indexOf('|', 1) + 1) + 1) + 1))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Fail2Lock.Config.class.getDeclaredMethods())
                        .map(ReadmeTest::row)
                        .toList());
    }

    @Test
    public void itIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(20);
    }

    private static String row(Method setting) {
        return "| `" + setting.getName() + "` | " + setting.getReturnType().getSimpleName() + " | `"
                + setting.getDefaultValue() + "` |";
    }
}
