package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;

public class PluginCommandsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Shelf shelf = new Shelf();
    private final Console console = new Console().with(new PluginCommands(shelf), "plugins", "install", "remove");

    /** Takes any jar as plugin {@code org.example}. */
    private static final class Shelf implements Plugins {

        private final List<PluginInfo> plugins = new ArrayList<>();

        @Override
        public List<PluginInfo> list() {
            return plugins;
        }

        @Override
        public PluginInfo install(InputStream jar) throws IOException {
            if (jar.readAllBytes().length == 0) {
                throw new Refusal("rejected", "The file is empty.");
            }
            plugins.add(new PluginInfo("org.example", "1.0.0", "a.jar", "00", "active", "", List.of("Hook")));
            return plugins.get(0);
        }

        @Override
        public void remove(String symbolicName) {
            if (!plugins.removeIf(each -> each.symbolicName().equals(symbolicName))) {
                throw Refusal.notFound("plugin", symbolicName);
            }
        }
    }

    @Test
    public void aFileIsInstalledListedAndRemoved() throws Exception {
        Path jar = folder.newFile("a.jar").toPath();
        Files.writeString(jar, "jar");

        assertThat(console.run("install", jar.toString())).isEqualTo("org.example 1.0.0 is active\n");
        assertThat(console.run("plugins"))
                .isEqualTo("PLUGIN       VERSION  STATE   FILE   REASON\norg.example  1.0.0    active  a.jar\n");
        assertThat(console.run("plugins", "--json")).contains("\"symbolic_name\" : \"org.example\"");
        assertThat(console.run("remove", "org.example")).isEqualTo("org.example is gone\n");
        assertThat(console.run("plugins", "--json")).isEqualTo("[ ]\n");
        assertThatThrownBy(() -> console.run("remove", "org.example")).isInstanceOf(Refusal.class);
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
