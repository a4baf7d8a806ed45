package org.latchkey.shell.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Says which commands there are at this moment, and how one is written. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "help")
@ServiceRanking(Integer.MAX_VALUE)
public final class HelpCommand implements Command {

    private static final Syntax SYNTAX = new Syntax("help", "[COMMAND] [--all]");

    private final CommandList commands;

    @Activate
    public HelpCommand(BundleContext context) {
        this.commands = new CommandList(context);
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("lists the commands, or shows how one is written")
    public void help(CommandSession session, String[] words) {
        Arguments arguments = SYNTAX.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        Optional<String> asked = arguments.maybe(0).map(word -> word.toLowerCase(Locale.ROOT));
        if (arguments.has("all")) {
            commands.names().stream()
                    .flatMap(name -> commands.usage(name).stream())
                    .forEach(terminal::print);
        } else if (asked.isPresent()) {
            explain(asked.get(), terminal);
        } else {
            list(terminal);
        }
    }

    private void list(Terminal terminal) {
        Table table = new Table("COMMAND", "");
        commands.names().forEach(name -> table.row(name, commands.description(name)));
        terminal.show(table);
        terminal.print("\"help COMMAND\" shows how one is written, \"help --all\" how each is; \"exit\" ends.");
    }

    private void explain(String name, Terminal terminal) {
        if (!commands.names().contains(name)) {
            throw new UsageException("There is no command \"" + name + "\".");
        }
        terminal.print(commands.description(name));
        commands.usage(name).forEach(terminal::print);
    }
}
