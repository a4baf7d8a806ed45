package org.latchkey.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

public class ReadmeTest {

    @Test
    public void everySettingIsListedWithTypeAndDefaultAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> String.join("|", List.of(line.split("\\|")).subList(1, 4)))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Mail.Config.class.getDeclaredMethods())
                        .map(ReadmeTest::row)
                        .toList());
    }

    private static String row(Method setting) {
        Object value = setting.getDefaultValue();
        boolean none = value.equals("") || value.getClass().isArray() && Array.getLength(value) == 0;
        return " `" + setting.getName().replace('_', '.') + "` | "
                + setting.getReturnType().getSimpleName() + " | " + (none ? "none" : "`" + value + "`") + " ";
    }
}
