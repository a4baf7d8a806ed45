package org.latchkey.shell.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Lists, installs and removes plugins. */
@Component(service = Command.class, immediate = true)
@GogoCommand(
        scope = "latchkey",
        function = {"plugins", "install", "remove", "rollback", "enable", "disable"})
@ServiceRanking(Integer.MAX_VALUE)
public final class PluginCommands implements Command {

    private static final Map<String, Syntax> SYNTAX = Map.of(
            "plugins", new Syntax("plugins", "[--json]"),
            "install", new Syntax("install", "FILE [--json]"),
            "remove", new Syntax("remove", "SYMBOLIC-NAME"),
            "rollback", new Syntax("rollback", "SYMBOLIC-NAME [--json]"),
            "enable", new Syntax("enable", "SYMBOLIC-NAME [--json]"),
            "disable", new Syntax("disable", "SYMBOLIC-NAME"));

    private final Plugins plugins;

    @Activate
    public PluginCommands(@Reference Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.get(command).usage());
    }

    @Descriptor("lists the plugins and why one does not serve")
    public void plugins(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("plugins").parse(List.of(words));
        Terminal terminal = new Terminal(session);
        List<PluginInfo> list = plugins.list();
        if (arguments.wantsJson()) {
            terminal.json(list.stream().map(PluginInfo::json).toList());
            return;
        }
        Table table = new Table("PLUGIN", "VERSION", "STATE", "FILE", "REASON");
        list.forEach(plugin ->
                table.row(plugin.symbolicName(), plugin.version(), state(plugin), plugin.file(), plugin.reason()));
        terminal.show(table);
    }

    @Descriptor("copies a plugin's jar into the deploy directory and waits until it serves")
    public void install(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("install").parse(List.of(words));
        Terminal terminal = new Terminal(session);
        try (InputStream jar = Files.newInputStream(terminal.readableFile(arguments.word(0)))) {
            show(plugins.install(jar), arguments, terminal);
        }
    }

    private static void show(PluginInfo plugin, Arguments arguments, Terminal terminal) throws IOException {
        if (arguments.wantsJson()) {
            terminal.json(plugin.json());
        } else {
            terminal.print(plugin.symbolicName() + " " + plugin.version() + " is " + state(plugin));
        }
    }

    private static String state(PluginInfo plugin) {
        return plugin.probation() ? plugin.state() + ", on probation" : plugin.state();
    }

    @Descriptor("takes a plugin's jar out of the deploy directory and waits until it is gone")
    public void remove(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("remove").parse(List.of(words));
        plugins.remove(arguments.word(0));
        new Terminal(session).print(arguments.word(0) + " is gone");
    }

    @Descriptor("puts the last good jar of a plugin back in place of the one that serves")
    public void rollback(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("rollback").parse(List.of(words));
        show(plugins.rollback(arguments.word(0)), arguments, new Terminal(session));
    }

    @Descriptor("lets a disabled plugin run again, and waits until it serves")
    public void enable(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("enable").parse(List.of(words));
        show(plugins.enable(arguments.word(0)), arguments, new Terminal(session));
    }

    @Descriptor("keeps a plugin where it is but does not run it, also after a restart")
    public void disable(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("disable").parse(List.of(words));
        plugins.disable(arguments.word(0));
        new Terminal(session).print(arguments.word(0) + " is disabled");
    }
}
