package org.latchkey.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Shows what is in quarantine, puts extensions there and lets them out. */
@Component(service = Command.class, immediate = true)
@GogoCommand(
        scope = "latchkey",
        function = {"quarantine", "release"})
@ServiceRanking(Integer.MAX_VALUE)
public final class QuarantineCommands implements Command {

    private static final Map<String, Syntax> SYNTAX = Map.of(
            "quarantine", new Syntax("quarantine", "[EXTENSION] [REASON] [--json]"),
            "release", new Syntax("release", "EXTENSION"));

    private final ExtensionPoints points;

    @Activate
    public QuarantineCommands(@Reference ExtensionPoints points) {
        this.points = points;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.get(command).usage());
    }

    @Descriptor("puts an extension in quarantine until it is released; alone, lists what is there")
    public void quarantine(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("quarantine").parse(List.of(words));
        Terminal terminal = new Terminal(session);
        if (arguments.maybe(0).isEmpty()) {
            list(arguments, terminal);
        } else {
            refuseUnknown(
                    points.quarantine(arguments.word(0), arguments.maybe(1).orElse("by hand")), arguments);
            terminal.print(arguments.word(0) + " is in quarantine");
        }
    }

    private void list(Arguments arguments, Terminal terminal) throws IOException {
        List<ExtensionInfo> there = points.all().stream()
                .flatMap(point -> point.list().stream())
                .filter(extension -> extension.state().equals("quarantined"))
                .toList();
        if (arguments.wantsJson()) {
            terminal.json(there.stream().map(ExtensionInfo::json).toList());
        } else {
            Table table = new Table("POINT", "EXTENSION", "PLUGIN", "REASON");
            there.forEach(each -> table.row(each.point(), each.name(), each.bundle(), each.reason()));
            terminal.show(table);
        }
    }

    @Descriptor("lets an extension out of quarantine")
    public void release(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.get("release").parse(List.of(words));
        refuseUnknown(points.release(arguments.word(0)), arguments);
        new Terminal(session).print(arguments.word(0) + " is out of quarantine");
    }

    private static void refuseUnknown(boolean there, Arguments arguments) {
        if (!there) {
            throw Refusal.notFound("extension of a plugin", arguments.word(0));
        }
    }
}
