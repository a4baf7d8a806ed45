package org.latchkey.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
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
                "help COMMAND" shows how one is written, "help --all" how each is; "exit" ends.
                """);
    }

    /** One with a hyphen has no method of its name, and no interface of this bundle. */
    @Test
    public void aPluginSaysByPropertiesHowItsCommandIsWritten() throws Exception {
        Console console = help();
        org.apache.felix.service.command.Function call = (session, words) -> null;
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(
                "osgi.command.scope", "latchkey",
                "osgi.command.function", "far-away",
                "latchkey.usage", "far-away PLACE [--json]",
                "latchkey.description", "goes there"));
        framework.getBundleContext().registerService(org.apache.felix.service.command.Function.class, call, properties);
        assertThat(console.run("help")).contains("far-away  goes there\n");
        assertThat(console.run("help", "far-away")).isEqualTo("goes there\nfar-away PLACE [--json]\n");
        assertThat(console.run("help", "--all")).contains("far-away PLACE [--json]\n");
    }

    @Test
    public void helpShowsEveryVerbOfACommand() throws Exception {
        Console console = help();
        MemoryDirectory directory = new MemoryDirectory();
        register(new GroupCommands(directory, directory), Integer.MAX_VALUE, "group");

        assertThat(console.run("help", "Group"))
                .startsWith("groups: create, show, change, destroy; who is in them\n")
                .contains("group add NAME ID\n", "group list [QUERY] [--fields FIELDS] [--json]\n");
        assertThatThrownBy(() -> console.run("help", "nothing")).isInstanceOf(UsageException.class);
    }

    @Test
    public void helpShowsHowEveryCommandIsWritten() throws Exception {
        Console console = help();
        MemoryDirectory directory = new MemoryDirectory();
        register(new Kv2Commands(directory, directory), Integer.MAX_VALUE, "kv2");
        register(new Foreign(), 0, "foreign");

        assertThat(console.run("help", "--all")).isEqualTo("""
                help [COMMAND] [--all]
                kv2 add ENTITY|GROUP TARGET KEY VALUE [VALUE...]
                kv2 replace ENTITY|GROUP TARGET KEY VALUE [VALUE...]
                kv2 get ENTITY|GROUP TARGET [KEY] [--json]
                kv2 del ENTITY|GROUP TARGET KEY
                """);
    }

    private Console complete(MemoryDirectory directory) {
        register(new EntityCommands(directory, directory), Integer.MAX_VALUE, "entity");
        register(new GroupCommands(directory, directory), Integer.MAX_VALUE, "group");
        register(new Kv2Commands(directory, directory), Integer.MAX_VALUE, "kv2");
        register(new CapabilityCommand(directory), Integer.MAX_VALUE, "capability");
        register(new Foreign(), 0, "foreign");
        CompleteCommand complete = new CompleteCommand(
                framework.getBundleContext(),
                Optional.of(directory),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Kernel().with(String.class, "x", "active", "")));
        register(complete, Integer.MAX_VALUE, "complete");
        return new Console().with(complete, "complete");
    }

    @Test
    public void row86_completesCommandsVerbsOptionsAndNames() throws Exception {
        MemoryDirectory directory = new MemoryDirectory();
        for (String id : new String[] {"ada", "adam", "bob"}) {
            directory.entities.put(id, Entity.named(id));
        }
        directory.groups.put("admins", Group.named("admins"));
        Console console = complete(directory);

        assertCompletes(console, "", "capability", "complete", "entity", "foreign", "group", "kv2");
        assertCompletes(console, "en", "entity");
        assertCompletes(console, "latchkey:entity lo", "lock");
        assertCompletes(console, "entity l", "list", "lock");
        assertCompletes(console, "entity info ", "ada", "adam", "bob");
        assertCompletes(console, "entity info ad", "ada", "adam");
        assertCompletes(console, "entity info 'ada", new String[0]);
        assertCompletes(console, "entity info ada --", "--fields", "--json");
        assertCompletes(console, "entity info --json ada --", "--fields");
        assertCompletes(console, "entity info ada --fields ", new String[0]);
        assertCompletes(console, "group create x --managed-by ", "admins");
        assertCompletes(console, "group rule admins ", "INCLUDE", "EXCLUDE", "DROP");
        assertCompletes(console, "group rule admins in", "include");
        assertCompletes(console, "kv2 get entity ad", "ada", "adam");
        assertCompletes(console, "kv2 get GROUP ad", "admins");
        assertCompletes(console, "capability ad", "ada", "adam", "admins");
        assertCompletes(console, "capability ada ADD LO", "LOCK_ENTITY");
        assertCompletes(console, "capability ada ADD lo", "lock_entity");
        assertCompletes(console, "entity info ada x", new String[0]);
        assertCompletes(console, "entity info $", new String[0]);
        assertCompletes(console, "entity info *", new String[0]);
        assertCompletes(console, "foreign ", new String[0]);
        assertCompletes(console, "nothing ", new String[0]);
    }

    @Test
    public void namesAreLookedUpWithinBounds() throws Exception {
        MemoryDirectory directory = new MemoryDirectory();
        for (int i = 1000; i < 3000; i++) {
            directory.entities.put("e" + i, Entity.named("e" + i));
        }
        assertThat(complete(directory).run("complete", "entity info e").lines()).hasSize(200);
    }

    private static void assertCompletes(Console console, String line, String... candidates) throws Exception {
        assertThat(console.run("complete", line).lines()).as(line).containsExactly(candidates);
    }

    @Test
    public void helpShowsOfTwoCommandsTheOneThatIsCalled() throws Exception {
        Console console = help();
        MemoryDirectory directory = new MemoryDirectory();
        register(new Foreign(), 0, "group");
        register(new GroupCommands(directory, directory), Integer.MAX_VALUE, "group");

        assertThat(console.run("help")).contains("group    groups: create");
    }

    private StatusCommand statusCommand(Optional<Condition> ready) {
        return new StatusCommand(framework.getBundleContext(), Optional.empty(), Optional.of(new Kernel()), ready);
    }

    private Console status(Optional<Condition> ready) {
        return new Console().with(statusCommand(ready), "status");
    }

    private Console system(Optional<MemoryDirectory> directory) {
        StatusCommand status = statusCommand(Optional.empty());
        return new Console()
                .with(
                        new SystemCommands(
                                status, directory.map(Function.identity()), directory.map(Function.identity())),
                        "system");
    }

    @Test
    public void theSystemAnswersWithoutADirectory() throws Exception {
        Console console = system(Optional.empty());
        assertThat(console.run("system", "ping")).isEqualTo("the server answers\n");
        assertThat(console.run("system", "status")).startsWith("Latchkey 0.1.0 at 127.0.0.1:8080");
        assertThatThrownBy(() -> console.run("system", "capability", "ada", "ADD", "LOCK_ENTITY"))
                .hasMessage("The directory is not running.");
    }

    @Test
    public void row62_whoeverHasTheNameAloneIsMeant() throws Exception {
        MemoryDirectory directory = new MemoryDirectory();
        directory.entities.put("ada", Entity.named("ada"));
        directory.entities.put("ops", Entity.named("ops"));
        directory.groups.put("ops", Group.named("ops"));
        directory.groups.put("dev", Group.named("dev"));
        Console console = system(Optional.of(directory));

        assertThat(console.run("system", "capability", "ada", "ADD", "LOCK_ENTITY"))
                .isEqualTo("ada has: LOCK_ENTITY\n");
        console.run("system", "capability", "dev", "ADD", "CREATE_GROUP");
        console.run("system", "capability", "ops", "ADD", "CREATE_ENTITY", "--group");
        console.run("system", "capability", "ops", "add", "destroy_entity", "--direct");
        console.run("system", "capability", "ada", "DROP", "LOCK_ENTITY");

        assertThat(directory.groups.get("dev").capabilities()).containsExactly(Capability.CREATE_GROUP);
        assertThat(directory.groups.get("ops").capabilities()).containsExactly(Capability.CREATE_ENTITY);
        assertThat(directory.entities.get("ops").capabilities()).containsExactly(Capability.DESTROY_ENTITY);
        assertThat(directory.entities.get("ada").capabilities()).isEmpty();
        assertThatThrownBy(() -> console.run("system", "capability", "ops", "ADD", "LOCK_ENTITY"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--direct or --group");
        assertThatThrownBy(
                        () -> console.run("system", "capability", "ops", "ADD", "LOCK_ENTITY", "--group", "--direct"))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> console.run("system", "capability", "eve", "ADD", "LOCK_ENTITY"))
                .isInstanceOf(Refusal.class);
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
