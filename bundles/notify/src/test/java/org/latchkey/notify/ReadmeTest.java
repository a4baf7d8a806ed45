package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.Test;

public class ReadmeTest {

    @Test
    public void everySettingIsListedWithTypeAndDefaultAndNoOther() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
            assertThat(lines.filter(line -> line.startsWith("| `") && !line.contains(".config`"))
                            .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1)))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(StoredOutbox.Config.class.getDeclaredMethods())
                            .map(ReadmeTest::row)
                            .toList());
        }
    }

    private static String row(Method setting) {
        return "| `" + setting.getName() + "` | " + setting.getReturnType().getSimpleName() + " | `"
                + setting.getDefaultValue() + "` |";
    }
}
