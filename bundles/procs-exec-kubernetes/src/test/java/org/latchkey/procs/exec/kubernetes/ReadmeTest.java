package org.latchkey.procs.exec.kubernetes;

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
                .filter(line -> line.matches("\\| `[a-zA-Z]+` \\|.*\\|.*\\|.*\\|"))
                .map(line -> String.join("|", List.of(line.split("\\|")).subList(1, 4)))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(KubernetesExecutor.Config.class.getDeclaredMethods())
                        .map(ReadmeTest::row)
                        .toList());
    }

    private static String row(Method setting) {
        Object value = setting.getDefaultValue();
        boolean none = value instanceof String[] || "".equals(value);
        return " `" + setting.getName() + "` | " + setting.getReturnType().getSimpleName() + " | "
                + (none ? "none" : "`" + value + "`") + " ";
    }
}
