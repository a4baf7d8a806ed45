package org.latchkey.shell.command;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** The server as a whole (NetAuth's {@code system} commands); answers also while the directory does not. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "system")
@ServiceRanking(Integer.MAX_VALUE)
public final class SystemCommands implements Command {

    private final StatusCommand status;
    private final Optional<Directory> directory;
    private final Optional<DirectoryWriter> writer;

    private final Topic topic = new Topic(
            "system",
            new Verb("ping", "", this::ping),
            new Verb("status", "[--json]", this::status),
            new Verb("capability", "TARGET ADD|DROP CAPABILITY [--group | --direct]", this::capability));

    @Activate
    public SystemCommands(
            @Reference StatusCommand status,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<Directory> directory,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<DirectoryWriter> writer) {
        this.status = status;
        this.directory = directory;
        this.writer = writer;
    }

    @Override
    public Stream<String> usage(String command) {
        return topic.usage();
    }

    @Descriptor("the server as a whole: whether it answers, how it is, who may do what")
    public void system(CommandSession session, String[] words) throws IOException {
        topic.run(session, words);
    }

    /** That this is reached is the answer. */
    private void ping(Arguments arguments, Terminal terminal) {
        terminal.print("the server answers");
    }

    private void status(Arguments arguments, Terminal terminal) throws IOException {
        status.show(arguments, terminal);
    }

    /** NetAuth takes the target for a group unless told; here whoever has the name alone is meant, else one must say. */
    private void capability(Arguments arguments, Terminal terminal) {
        Grant grant = Grant.of(arguments);
        if (arguments.has("group") && arguments.has("direct")) {
            throw new UsageException("--group and --direct exclude one another.");
        }
        if (arguments.has("group") || !arguments.has("direct") && isGroup(grant.target())) {
            grant.toGroup(running(writer), terminal);
        } else {
            grant.toEntity(running(writer), terminal);
        }
    }

    private boolean isGroup(String name) {
        boolean group = running(directory).group(name).isPresent();
        if (group && running(directory).entity(name).isPresent()) {
            throw new UsageException("There are an entity and a group \"" + name + "\": say --direct or --group.");
        }
        return group;
    }

    private static <T> T running(Optional<T> part) {
        return part.orElseThrow(
                () -> Refusal.of(Refusal.Kind.UNAVAILABLE, "unavailable", "The directory is not running."));
    }
}
