package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    public void aKeyThatCannotSealIsRefusedAndNotShown() {
        String good = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        Settings.read(Map.of("LATCHKEY_SEAL_KEY", good + ", " + good), HOME).refuseUnusable();
        for (String bad : List.of("c2hvcnQ=", good + ",", "no base64")) {
            Settings settings = Settings.read(Map.of("LATCHKEY_SEAL_KEY", bad), HOME);
            assertThatThrownBy(settings::refuseUnusable)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("LATCHKEY_SEAL_KEY")
                    .hasMessageNotContaining(bad);
        }
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
    public void relativePathsBeginAtTheHome() {
        Settings settings = Settings.read(
                List.of("--log=l"), Map.of("LATCHKEY_DATA", "x/../d", "LATCHKEY_TLS_KEY", "etc/k.pem"), HOME);
        assertThat(settings.path("latchkey.data")).isEqualTo(HOME.resolve("d"));
        assertThat(settings.path("latchkey.tls.key")).isEqualTo(HOME.resolve("etc/k.pem"));
        assertThat(settings.path("latchkey.log")).isEqualTo(HOME.resolve("l"));
    }

    /** Row 87. */
    @Test
    public void aFlagCountsBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() throws IOException {
        Path home = folder.getRoot().toPath();
        Path file = Files.createDirectory(home.resolve("etc")).resolve("latchkey.config");
        Files.writeString(file, """
                # comment
                http.host="::1"

                http.port=I"1"
                db.user="file"
                public.url=""
                """);
        Map<String, String> environment = Map.of("LATCHKEY_HTTP_PORT", "2", "LATCHKEY_DB_USER", "environment");
        Settings settings = Settings.read(List.of("--http-port=3"), environment, home);
        assertThat(settings.given())
                .containsEntry("latchkey.http.port", new Given("3", "flag --http-port"))
                .containsEntry("latchkey.db.user", new Given("environment", "environment LATCHKEY_DB_USER"))
                .containsEntry("latchkey.http.host", new Given("::1", file + ":2"))
                .containsEntry("latchkey.insecure.http", new Given("false", "default"))
                .doesNotContainKey("latchkey.public.url");
    }

    @Test
    public void theFileLiesWhereFlagsAndEnvironmentSay() throws IOException {
        Path etc = folder.newFolder("elsewhere").toPath();
        Files.writeString(etc.resolve("latchkey.config"), "http.port=\"81\"\n");
        assertThat(Settings.read(List.of("--etc=" + etc), Map.of(), HOME).get("latchkey.http.port"))
                .isEqualTo("81");
    }

    @Test
    public void mistakesInTheFileAreRefusedWithTheirLine() throws IOException {
        Map<String, String> mistakes = Map.of(
                "http.port=8081", "http.port has no typed value; write http.port=I\"8081\"",
                "htpp.port=\"81\"", "htpp.port is no setting here; did you mean http.port?",
                "etc=\"x\"", "etc is no setting here",
                "http.port=I\"x\"", "http.port has a value that is not of the type before it",
                "http.port=[\"1\", \"2\"]", "http.port has one value, not a list");
        Path etc = folder.newFolder("etc").toPath();
        for (Map.Entry<String, String> each : mistakes.entrySet()) {
            Files.writeString(etc.resolve("latchkey.config"), "\n" + each.getKey() + "\n");
            assertThatThrownBy(() -> Settings.read(Map.of(), folder.getRoot().toPath()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("latchkey.config:2: " + each.getValue());
        }
    }

    @Test
    public void aFlagThatIsNoneIsRefusedWithTheOneThatWasMeant() {
        Map<String, String> mistakes = Map.of(
                "--http-prot=1", "--http-prot is no flag; did you mean --http-port?",
                "--quite-another=1", "--quite-another is no flag",
                "--http-port", "--http-port needs a value",
                "--http-port=", "--http-port needs a value",
                "--java-opts=-Xmx1g", "set LATCHKEY_JAVA_OPTS in the environment");
        mistakes.forEach((flag, message) -> assertThatThrownBy(() -> Settings.read(List.of(flag), Map.of(), HOME))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(message));
        assertThatThrownBy(() -> Settings.read(List.of("--db-user=a", "--db-user=b"), Map.of(), HOME))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--db-user is given twice");
    }

    @Test
    public void aSecretIsNoFlagButItsFileIs() throws IOException {
        assertThatThrownBy(() -> Settings.read(List.of("--db-password=hunter2"), Map.of(), HOME))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--db-password-file=FILE")
                .hasMessageNotContaining("hunter2");
        String file = file("s3cret\n");
        assertThat(Settings.read(List.of("--db-password-file=" + file), Map.of(), HOME)
                        .given())
                .containsEntry(
                        "latchkey.db.password", new Given("s3cret", "file " + file + " (flag --db-password-file)"));
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
