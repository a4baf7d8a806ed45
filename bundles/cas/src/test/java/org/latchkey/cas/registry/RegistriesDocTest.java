package org.latchkey.cas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.cas.ServiceMatch;

/** What {@code docs/registries.md} says is so. */
public class RegistriesDocTest {

    private static String doc() throws IOException {
        return Files.readString(Path.of("docs/registries.md"));
    }

    @Test
    public void theExampleIsTheOneThatCompiles() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/latchkey/cas/registry/OneService.java"));
        assertThat(doc()).contains("```java\n" + source + "```");
        OneService registry = new OneService();
        assertThat(new ServiceMatch().find(registry.services(), "https://portal.example.org/x"))
                .isEqualTo(Optional.of(registry.services().get(0)));
    }

    @Test
    public void everySettingIsListedWithItsTypeAndNoOther() throws IOException {
        assertThat(doc().lines()
                        .filter(line -> line.matches("\\| `[a-zA-Z]+` \\| (String|int|boolean).*"))
                        .map(line -> line.split("\\|")[1].strip() + " " + line.split("\\|")[2].strip()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(MemoryTickets.Config.class, ConfiguredService.Config.class)
                                .flatMap(config -> Stream.of(config.getDeclaredMethods()))
                                .map(RegistriesDocTest::row)
                                .toList());
    }

    private static String row(Method setting) {
        return "`" + setting.getName() + "` " + setting.getReturnType().getSimpleName();
    }
}
