package org.latchkey.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everySettingIsListedWithTypeAndDefaultAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> String.join("|", List.of(line.split("\\|")).subList(1, 4)))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(LdapSignIn.Config.class.getDeclaredMethods())
                        .map(ReadmeTest::row)
                        .toList());
    }

    @Test
    public void theExamplesAreConfigurations() throws Exception {
        new TestCa("Campus CA").pem(folder.getRoot().toPath().resolve("campus-ca.pem"));
        List<Map<String, Object>> examples = examples();
        assertThat(examples).hasSize(2);
        for (Map<String, Object> each : examples) {
            Settings.of(Configured.config(each), folder.getRoot().toPath());
        }
        Settings campus =
                Settings.of(Configured.config(examples.get(0)), folder.getRoot().toPath());
        assertThat(campus.groups().named("cn=it staff,ou=groups,dc=example,dc=org"))
                .contains("it");
        assertThat(campus.idAttribute()).contains("sAMAccountName");
    }

    private static List<Map<String, Object>> examples() throws IOException {
        List<Map<String, Object>> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(README)) {
            if (line.equals("```")) {
                inside = !inside;
                if (inside) {
                    examples.add(new HashMap<>());
                }
            } else if (inside) {
                String[] parts = line.split("=", 2);
                examples.get(examples.size() - 1).put(method(parts[0]), value(parts[1]));
            }
        }
        return examples;
    }

    /** The setting's method; there is none if the example names a setting that does not exist. */
    private static String method(String setting) {
        return Stream.of(LdapSignIn.Config.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.replace('_', '.').equals(setting))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such setting: " + setting));
    }

    private static Object value(String written) {
        List<String> words = QUOTED.matcher(written)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
        if (written.startsWith("[")) {
            return words.toArray(String[]::new);
        }
        return written.startsWith("I") ? Integer.valueOf(words.get(0)) : words.get(0);
    }

    private static String row(Method setting) {
        Object value = Optional.ofNullable(setting.getDefaultValue()).orElse("");
        String shown = value instanceof String[] words ? String.join(",", words) : String.valueOf(value);
        return " `" + setting.getName().replace('_', '.') + "` | "
                + setting.getReturnType().getSimpleName() + " | " + (shown.isEmpty() ? "none" : "`" + shown + "`")
                + " ";
    }
}
