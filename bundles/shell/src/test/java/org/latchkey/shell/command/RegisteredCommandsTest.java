package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.testkit.MemoryDirectory;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;

/** The commands that look around in a framework: help and status. */
public class RegisteredCommandsTest {

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private Framework framework;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.getRoot().getPath(),
                        "latchkey.version",
                        "0.1.0",
                        "latchkey.http.host",
                        "127.0.0.1",
                        "latchkey.http.port",
                        "8080"));
        framework.start();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    /** A command that some other bundle brings. */
    public static final class Foreign {

        @Descriptor("does something else")
        public void foreign(CommandSession session, String[] words) {
            session.getConsole().println("foreign");
        }
    }

    private void register(Object command, int ranking, String... functions) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(
                "osgi.command.scope",
                "latchkey",
                "osgi.command.function",
                functions,
                Constants.SERVICE_RANKING,
                ranking));
        framework.getBundleContext().registerService(command.getClass().getName(), command, properties);
    }

    private Console help() {
        HelpCommand help = new HelpCommand(framework.getBundleContext());
        register(help, Integer.MAX_VALUE, "help");
        return new Console().with(help, "help");
    }

    @Test
    public void helpListsWhatIsRegisteredAtThisMoment() throws Exception {
        Console console = help();
        register(new Foreign(), 0, "foreign");

        assertThat(console.run("help")).isEqualTo("""
                COMMAND
                foreign  does something else
                help     lists the commands, or shows how one is written
                "help COMMAND" shows how one is written; "exit" ends.
                """);
    }

    @Test
    public void helpShowsEveryVerbOfACommand() throws Exception {
        Console console = help();
        MemoryDirectory directory = new MemoryDirectory();
        register(new GroupCommands(directory, directory), Integer.MAX_VALUE, "group");

        assertThat(console.run("help", "Group"))
                .startsWith("groups: create, show, change, destroy; who is in them\n")
                .contains("group add NAME ID\n", "group list [QUERY] [--json]\n");
        assertThatThrownBy(() -> console.run("help", "nothing")).isInstanceOf(UsageException.class);
    }

    @Test
    public void helpShowsOfTwoCommandsTheOneThatIsCalled() throws Exception {
        Console console = help();
        MemoryDirectory directory = new MemoryDirectory();
        register(new Foreign(), 0, "group");
        register(new GroupCommands(directory, directory), Integer.MAX_VALUE, "group");

        assertThat(console.run("help")).contains("group    groups: create");
    }

    private Console status(Optional<Condition> ready) {
        StatusCommand status =
                new StatusCommand(framework.getBundleContext(), Optional.empty(), Optional.of(new Kernel()), ready);
        return new Console().with(status, "status");
    }

    @Test
    public void row14_statusNamesTheFirstFailure() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(status(Optional.of(Condition.INSTANCE)).run("status", "--json"));

        assertThat(json.at("/ok").asBoolean()).isFalse();
        assertThat(json.at("/ready").asBoolean()).isTrue();
        assertThat(json.at("/first_failure").asText()).isEqualTo("kernel");
        assertThat(json.at("/version").asText()).isEqualTo("0.1.0");
        assertThat(json.at("/address").asText()).isEqualTo("127.0.0.1:8080");
        assertThat(json.at("/subsystems/0/fault").asText()).isEqualTo("is not running");
    }

    @Test
    public void statusIsShownWhileTheServerIsNotReady() throws Exception {
        assertThat(status(Optional.empty()).run("status"))
                .startsWith("Latchkey 0.1.0 at 127.0.0.1:8080, up for ")
                .contains("not ready yet\n", "kernel  ill    is not running\n");
    }
}
