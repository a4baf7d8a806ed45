package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.api.kernel.Plugins;

public class WhyCommandTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Catches the exit code, so that what was shown can be read. */
    private String why(PluginCheck check, String... words) throws Exception {
        Files.writeString(folder.getRoot().toPath().resolve("a.jar"), "jar");
        WhyCommand command = new WhyCommand(answering(check));
        Object catching = new Object() {
            @SuppressWarnings("unused") // called by Gogo
            public void why(CommandSession session, String[] given) throws Exception {
                try {
                    command.why(session, given);
                } catch (NegativeAnswer no) {
                    session.getConsole().println("[no]");
                }
            }
        };
        return new Console().with(catching, "why").in(folder.getRoot().toPath()).run(words);
    }

    private static Plugins answering(PluginCheck check) {
        return (Plugins) Proxy.newProxyInstance(
                Plugins.class.getClassLoader(), new Class<?>[] {Plugins.class}, (proxy, method, arguments) -> {
                    assertThat(((InputStream) arguments[0]).readAllBytes()).isNotEmpty();
                    return check;
                });
    }

    @Test
    public void whatFitsIsToldWithWhatItReplaces() throws Exception {
        PluginCheck check =
                new PluginCheck("org.a", "1.1.0", List.of(), "1.0.0", List.of("org.b"), List.of("one", "two"));
        assertThat(why(check, "why", "a.jar"))
                .isEqualTo("It fits.\n\norg.a 1.1.0 would serve in place of 1.0.0.\n"
                        + "refreshed: org.b\nextensions: one, two\n");
    }

    @Test
    public void p14_theFirstLineIsTheCauseAndTheSecondTheFix() throws Exception {
        PluginCheck check = new PluginCheck(
                "org.a",
                "1.0.0",
                List.of(Finding.rejected("It is broken.", "Mend it."), Finding.idle("It is late.", "Wait.")),
                "",
                List.of(),
                List.of());
        assertThat(why(check, "why", "a.jar"))
                .isEqualTo("It is broken.\n  -> Mend it.\nIt is late.\n  -> Wait.\n\n"
                        + "org.a 1.0.0 would be rejected.\n[no]\n");
        assertThat(why(check, "why", "a.jar", "--json"))
                .contains("\"fits\" : false")
                .endsWith("[no]\n");
    }

    @Test
    public void whatServesOnlyInPartDoesNotFit() throws Exception {
        PluginCheck check = new PluginCheck(
                "org.a", "1.0.0", List.of(Finding.idle("It is late.", "Wait.")), "", List.of(), List.of("one"));
        assertThat(why(check, "why", "a.jar"))
                .isEqualTo("It is late.\n  -> Wait.\n\norg.a 1.0.0 would serve, but not with everything in it.\n"
                        + "extensions: one\n[no]\n");
    }

    @Test
    public void aFileThatIsNotThereIsRefused() {
        PluginCheck check = new PluginCheck("", "", List.of(), "", List.of(), List.of());
        assertThatThrownBy(() -> why(check, "why", "nowhere.jar"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nowhere.jar");
        assertThatThrownBy(() -> why(check, "why")).isInstanceOf(UsageException.class);
    }
}
