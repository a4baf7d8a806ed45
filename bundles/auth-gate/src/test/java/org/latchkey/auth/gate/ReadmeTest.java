package org.latchkey.auth.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
                .containsExactlyInAnyOrderElementsOf(Stream.of(GateSignIn.Config.class.getDeclaredMethods())
                        .map(ReadmeTest::row)
                        .toList());
    }

    private static String row(Method method) {
        String value = String.valueOf(method.getDefaultValue());
        return " `" + method.getName().replace('_', '.') + "` | "
                + method.getReturnType().getSimpleName() + " | " + (value.isEmpty() ? "none" : "`" + value + "`") + " ";
    }
}
