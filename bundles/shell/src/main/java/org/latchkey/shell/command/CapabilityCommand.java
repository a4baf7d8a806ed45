package org.latchkey.shell.command;

import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
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
        Grant grant = Grant.of(arguments);
        if (arguments.has("group")) {
            grant.toGroup(writer, terminal);
        } else {
            grant.toEntity(writer, terminal);
        }
    }
}
