package org.latchkey.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Test;

public class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @Test
    public void everySettingIsListedWithTypeAndDefaultAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> String.join("|", List.of(line.split("\\|")).subList(1, 4)))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(LdapServer.Config.class.getDeclaredMethods())
                        .map(ReadmeTest::row)
                        .toList());
    }

    private static String row(Method setting) {
        Object value = Optional.ofNullable(setting.getDefaultValue()).orElse("");
        String shown = value instanceof String[] words ? String.join(",", words) : String.valueOf(value);
        return " `" + setting.getName() + "` | " + setting.getReturnType().getSimpleName() + " | "
                + (shown.isEmpty() ? "none" : "`" + shown + "`") + " ";
    }
}
