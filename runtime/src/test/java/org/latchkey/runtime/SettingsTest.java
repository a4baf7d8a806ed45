package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SettingsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final Path HOME = Path.of("/opt/latchkey");

    @Test
    public void withoutEnvironmentTheDefaultsHold() {
        Settings settings = Settings.read(Map.of(), HOME);
        assertThat(settings.get("latchkey.http.host")).isEqualTo("127.0.0.1");
        assertThat(settings.get("latchkey.http.port")).isEqualTo("8080");
        assertThat(settings.path("latchkey.data")).isEqualTo(HOME.resolve("data"));
        assertThat(settings.path("latchkey.deploy")).isEqualTo(HOME.resolve("deploy"));
        assertThat(settings.has("latchkey.db.url")).isFalse();
    }

    @Test
    public void theEnvironmentWins() {
        Settings settings = Settings.read(Map.of("LATCHKEY_HTTP_PORT", "81", "LATCHKEY_DB_URL", "jdbc:x"), HOME);
        assertThat(settings.get("latchkey.http.port")).isEqualTo("81");
        assertThat(settings.get("latchkey.db.url")).isEqualTo("jdbc:x");
    }

    @Test
    public void otherVariablesAreNotTaken() {
        assertThat(Settings.read(Map.of("PATH", "/bin", "MY_LATCHKEY_X", "1"), HOME))
                .isEqualTo(Settings.read(Map.of(), HOME));
    }

    @Test
    public void anEmptyVariableCountsAsAbsent() {
        Settings settings = Settings.read(Map.of("LATCHKEY_HTTP_HOST", "", "LATCHKEY_DB_PASSWORD_FILE", ""), HOME);
        assertThat(settings.get("latchkey.http.host")).isEqualTo("127.0.0.1");
        assertThat(settings.has("latchkey.db.password")).isFalse();
    }

    @Test
    public void aFileGivesTheValueWithoutItsLastLineBreak() throws IOException {
        Settings settings = Settings.read(Map.of("LATCHKEY_DB_PASSWORD_FILE", file("s3cret \n\n")), HOME);
        assertThat(settings.get("latchkey.db.password")).isEqualTo("s3cret \n");
        assertThat(settings.has("latchkey.db.password.file")).isFalse();
    }

    @Test
    public void aFileWinsOverTheDefault() throws IOException {
        assertThat(Settings.read(Map.of("LATCHKEY_HTTP_PORT_FILE", file("9\r\n")), HOME)
                        .get("latchkey.http.port"))
                .isEqualTo("9");
    }

    @Test
    public void aValueGivenTwiceIsRefused() throws IOException {
        Map<String, String> twice = Map.of("LATCHKEY_DB_USER", "a", "LATCHKEY_DB_USER_FILE", file("b"));
        assertThatThrownBy(() -> Settings.read(twice, HOME))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("LATCHKEY_DB_USER and LATCHKEY_DB_USER_FILE");
    }

    @Test
    public void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Settings.read(Map.of("LATCHKEY_DB_USER_FILE", "/not/there"), HOME))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("LATCHKEY_DB_USER_FILE")
                .hasMessageContaining("/not/there");
    }

    @Test
    public void relativeDirectoriesAreThoseOfTheCaller() {
        assertThat(Settings.read(Map.of("LATCHKEY_DATA", "x/../d"), HOME).path("latchkey.data"))
                .isEqualTo(Path.of("d").toAbsolutePath());
    }

    @Test
    public void theHomeIsWhereTheProgramLies() {
        assertThat(Settings.read(Map.of("LATCHKEY_HOME", "/elsewhere"), HOME).get("latchkey.home"))
                .isEqualTo(HOME.toString());
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.newFile().toPath(), content).toString();
    }
}
