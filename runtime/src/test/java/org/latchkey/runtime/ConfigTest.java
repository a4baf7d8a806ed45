package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The three verbs of {@code bin/latchkey config}, on a home with one bundle that can be configured. */
public class ConfigTest {

    private static final String METATYPE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="c" name="Lamp" description="How it shines.">
                <AD id="watts" type="Long" name="Watts" description="How much." min="1" max="100" default="60"/>
                <AD id="colour" type="String" name="Colour" default="red">
                  <Option label="" value="red"/><Option label="" value="blue"/>
                </AD>
                <AD id="rooms" type="String" cardinality="2147483647" name="Rooms" default="hall,attic"/>
                <AD id=".pin" type="Password" name="Pin" default=""/>
              </OCD>
              <Designate pid="x.lamp"><Object ocdref="c"/></Designate>
            </metatype:MetaData>
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path etc;
    private Metatype metatype;

    @Before
    public void home() throws IOException {
        home = folder.getRoot().toPath();
        etc = folder.newFolder("etc").toPath();
        try (OutputStream file = Files.newOutputStream(
                        folder.newFolder("system").toPath().resolve("lamp.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/metatype/x.xml"));
            jar.write(METATYPE.getBytes(StandardCharsets.UTF_8));
        }
        metatype = Metatype.of(home.resolve("system"), home.resolve("not-there"));
    }

    @Test
    public void showNamesTheOriginAndHidesSecrets() throws IOException {
        write("x.lamp", "watts=L\"40\"", ".pin=\"1234\"", "rooms=[\"a\", \"b\"]");
        Map<String, String> environment = Map.of(
                "LATCHKEY_DB_PASSWORD",
                "hunter2",
                "LATCHKEY_DB_URL",
                "jdbc:x?password=hunter2",
                "LATCHKEY_X_TOKEN",
                "t1");
        Settings settings = Settings.read(List.of("--http-port=81"), environment, home);
        List<ConfigShow.Line> lines = new ConfigShow(settings, environment, metatype).lines();
        assertThat(lines)
                .contains(
                        new ConfigShow.Line("latchkey.http.port", "81", "flag --http-port"),
                        new ConfigShow.Line("latchkey.http.host", "127.0.0.1", "default"),
                        new ConfigShow.Line("latchkey.db.user", "", "default"),
                        new ConfigShow.Line("latchkey.db.password", "(set)", "environment LATCHKEY_DB_PASSWORD"),
                        new ConfigShow.Line("latchkey.db.url", "jdbc:x?password=(set)", "environment LATCHKEY_DB_URL"),
                        new ConfigShow.Line("latchkey.x.token", "(set)", "environment LATCHKEY_X_TOKEN"),
                        new ConfigShow.Line("x.lamp/watts", "40", etc.resolve("x.lamp.config") + ":1"),
                        new ConfigShow.Line("x.lamp/.pin", "(set)", etc.resolve("x.lamp.config") + ":2"),
                        new ConfigShow.Line("x.lamp/rooms", "a, b", etc.resolve("x.lamp.config") + ":3"));
        assertThat(lines.toString()).doesNotContain("hunter2", "1234", "tok-4711");
    }

    @Test
    public void checkFindsNothingInWhatIsRight() throws IOException {
        write("x.lamp", "watts=L\"40\"", "colour=\"blue\"", "policy=\"required\"", "service.ranking=I\"5\"");
        write("latchkey", "http.port=\"81\"");
        ConfigCheck check = check(Map.of("LATCHKEY_HTTP_PORT", "82"));
        assertThat(check.errors()).isEmpty();
        assertThat(check.warnings()).isEmpty();
    }

    @Test
    public void checkSaysWhatTheServerWouldRefuseOrMisread() throws IOException {
        write("x.lamp", "watts=L\"101\"", "watts=\"many\"", "colour=\"green\"", "rooms=hall");
        assertThat(check(Map.of("LATCHKEY_HTTP_PORT", "eighty")).errors())
                .containsExactly(
                        "LATCHKEY_HTTP_PORT: eighty is not a port (0 to 65535)",
                        at(4) + "rooms has no typed value; write rooms=\"...\"",
                        at(1) + "watts is at most 100",
                        at(2) + "watts is a whole number",
                        at(3) + "colour is one of red, blue");
    }

    @Test
    public void checkWarnsOfNamesThatNobodyKnows() throws IOException {
        write("x.lamp", "wats=L\"4\"", "service.ranking=\"5\"");
        write("x.lmap", "a=\"1\"");
        ConfigCheck check = check(Map.of("LATCHKEY_HTTP_PROT", "82"));
        assertThat(check.errors()).isEmpty();
        assertThat(check.warnings())
                .containsExactly(
                        "environment: LATCHKEY_HTTP_PROT is not known; did you mean LATCHKEY_HTTP_PORT?",
                        at(1) + "x.lamp does not know wats; did you mean watts?",
                        at(2) + "service.ranking has no effect unless it is an Integer: service.ranking=I\"...\"",
                        etc.resolve("x.lmap.config") + ": no bundle here knows x.lmap; did you mean x.lamp?");
    }

    @Test
    public void defaultsAreCommentsThatHoldWhenTheyAreTakenOff() throws IOException {
        Map<String, String> files = new ConfigDefaults(metatype).files();
        assertThat(files).containsOnlyKeys("latchkey.config", "x.lamp.config");
        assertThat(files.get("x.lamp.config"))
                .contains("# How much. At least 1. At most 100.\n#watts=L\"60\"\n")
                .contains("#rooms=[\"hall\", \"attic\"]");
        for (Map.Entry<String, String> each : files.entrySet()) {
            Path file = etc.resolve(each.getKey());
            Files.writeString(file, each.getValue());
            assertThat(TypedFile.read(file)).isEmpty();
            Files.writeString(file, each.getValue().replaceAll("(?m)^#(\\S)", "$1"));
            assertThat(TypedFile.read(file)).isNotEmpty();
        }
        assertThat(check(Map.of()).errors()).isEmpty();
        assertThat(Settings.read(Map.of(), home).values())
                .containsAllEntriesOf(
                        Settings.withoutFile(List.of(), Map.of(), home).values());
    }

    @Test
    public void defaultsReplaceNoFile() throws IOException {
        write("x.lamp", "watts=L\"40\"");
        assertThat(new ConfigDefaults(metatype).write(etc))
                .containsExactly(
                        etc.resolve("latchkey.config") + " written",
                        etc.resolve("x.lamp.config") + " is there already");
        assertThat(etc.resolve("x.lamp.config")).hasContent("watts=L\"40\"");
    }

    private String at(int line) {
        return etc.resolve("x.lamp.config") + ":" + line + ": ";
    }

    private ConfigCheck check(Map<String, String> environment) {
        ConfigCheck check = new ConfigCheck(environment, metatype);
        check.checkSettings(List.of(), home);
        EtcFile.in(etc).stream().filter(file -> !file.isOfTheLauncher()).forEach(check::check);
        return check;
    }

    private void write(String pid, String... lines) throws IOException {
        Files.writeString(etc.resolve(pid + ".config"), String.join("\n", lines) + "\n");
    }
}
