package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.latchkey.testkit.MemoryPlugins;

public class PluginCommandsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryPlugins shelf = new MemoryPlugins();
    private final Console console = new Console().with(new PluginCommands(shelf), "plugins", "install", "remove");

    @Test
    public void aFileIsInstalledListedAndRemoved() throws Exception {
        Path jar = folder.newFile("a.jar").toPath();
        Files.writeString(jar, "jar");

        assertThat(console.run("install", jar.toString())).isEqualTo("org.example.plugin 1.0.0 is active\n");
        assertThat(console.run("plugins"))
                .isEqualTo("PLUGIN              VERSION  STATE   FILE                    REASON\n"
                        + "org.example.plugin  1.0.0    active  org.example.plugin.jar\n");
        assertThat(console.run("plugins", "--json")).contains("\"symbolic_name\" : \"org.example.plugin\"");
        assertThat(console.run("remove", "org.example.plugin")).isEqualTo("org.example.plugin is gone\n");
        assertThat(console.run("plugins", "--json")).isEqualTo("[ ]\n");
        assertThatThrownBy(() -> console.run("remove", "org.example.plugin")).isInstanceOf(Refusal.class);
    }

    @Test
    public void relativeFilesBeginWhereTheClientIs() throws Exception {
        Files.writeString(folder.newFile("a.jar").toPath(), "jar");

        assertThat(console.in(folder.getRoot().toPath()).run("install", "a.jar"))
                .contains("is active");
    }

    @Test
    public void whatCannotBeReadOrIsNoPluginIsRefusedWithTheReason() throws Exception {
        Path empty = folder.newFile("empty.jar").toPath();

        assertThatThrownBy(() -> console.run("install", "/nowhere.jar"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("/nowhere.jar");
        assertThatThrownBy(() -> console.run("install", folder.getRoot().toString()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> console.run("install", empty.toString())).hasMessage("The file is empty.");
        assertThatThrownBy(() -> console.run("install")).isInstanceOf(UsageException.class);
    }
}
