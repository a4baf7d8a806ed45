package org.latchkey.shell.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Capability;
import org.latchkey.api.service.DirectoryWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** What an entity or a group may do (NetAuth's {@code system capability}). */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "capability")
@ServiceRanking(Integer.MAX_VALUE)
public final class CapabilityCommand implements Command {

    private static final Syntax SYNTAX = new Syntax("capability", "TARGET ADD|DROP CAPABILITY [--group]");

    private final DirectoryWriter writer;

    @Activate
    public CapabilityCommand(@Reference DirectoryWriter writer) {
        this.writer = writer;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("grants a capability to an entity or a group, or takes it away")
    public void capability(CommandSession session, String[] words) {
        Arguments arguments = SYNTAX.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        Set<Capability> left = arguments.has("group") ? ofGroup(arguments, terminal) : ofEntity(arguments, terminal);
        terminal.print(arguments.word(0) + " has: "
                + left.stream().map(Capability::name).collect(Collectors.joining(", ")));
    }

    private Set<Capability> ofEntity(Arguments arguments, Terminal terminal) {
        return writer.changeEntityCapabilities(terminal.caller(), arguments.word(0), change(arguments))
                .capabilities();
    }

    private Set<Capability> ofGroup(Arguments arguments, Terminal terminal) {
        return writer.changeGroupCapabilities(terminal.caller(), arguments.word(0), change(arguments))
                .capabilities();
    }

    private static UnaryOperator<Set<Capability>> change(Arguments arguments) {
        Capability named = Capability.of(arguments.word(2))
                .orElseThrow(() -> new UsageException("There is no capability " + arguments.word(2) + ", only "
                        + Stream.of(Capability.values()).map(Capability::name).collect(Collectors.joining(", "))));
        return held -> {
            EnumSet<Capability> changed = EnumSet.noneOf(Capability.class);
            changed.addAll(held);
            if (arguments.word(1).equals("ADD")) {
                changed.add(named);
            } else {
                changed.remove(named);
            }
            return changed;
        };
    }
}
