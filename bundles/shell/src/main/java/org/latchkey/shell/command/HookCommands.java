package org.latchkey.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Shows every extension point's chain, in order. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "hooks")
@ServiceRanking(Integer.MAX_VALUE)
public final class HookCommands implements Command {

    private static final Syntax SYNTAX = new Syntax("hooks", "[--json]");

    private final ExtensionPoints points;

    @Activate
    public HookCommands(@Reference ExtensionPoints points) {
        this.points = points;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("lists every extension point's chain, in the order of the calls")
    public void hooks(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        List<Extensions<?>> chains = new ArrayList<>(points.all());
        chains.sort(Comparator.comparing(HookCommands::name));
        if (arguments.wantsJson()) {
            terminal.json(chains.stream().map(HookCommands::json).toList());
        } else {
            terminal.show(table(chains));
        }
    }

    private static String name(Extensions<?> chain) {
        return chain.point().getSimpleName();
    }

    private static Map<String, Object> json(Extensions<?> chain) {
        return Map.of(
                "point",
                name(chain),
                "extensions",
                chain.list().stream().map(ExtensionInfo::json).toList());
    }

    private static Table table(List<Extensions<?>> chains) {
        Table table = new Table("POINT", "EXTENSION", "PLUGIN", "VERSION", "RANKING", "STATE", "REASON");
        for (Extensions<?> chain : chains) {
            for (ExtensionInfo each : chain.list()) {
                table.row(
                        name(chain),
                        each.name(),
                        each.bundle(),
                        each.version(),
                        each.ranking(),
                        each.state(),
                        each.reason());
            }
        }
        return table;
    }
}
