package org.latchkey.shell.command;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Kv;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Groups and who is in them (NetAuth's {@code group} commands). */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "group")
@ServiceRanking(Integer.MAX_VALUE)
public final class GroupCommands implements Command {

    private static final Listing<Group> GROUPS = new Listing<>(
            (table, group) -> table.row(group.name(), group.number(), group.displayName(), group.managedBy()),
            Group::json,
            "NAME",
            "NUMBER",
            "DISPLAY NAME",
            "MANAGED BY");

    private static final Listing<Entity> MEMBERS = new Listing<>(
            (table, entity) -> table.row(entity.id(), entity.number(), entity.meta(MetaField.DISPLAY_NAME)),
            Entity::json,
            "ID",
            "NUMBER",
            "NAME");

    private final Directory directory;
    private final DirectoryWriter writer;

    private final Topic topic = new Topic(
            "group",
            new Verb("create", "NAME [--number N] [--display-name TEXT] [--managed-by GROUP]", this::create),
            new Verb("destroy", "NAME", this::destroy),
            new Verb("info", "NAME [--json]", this::info),
            new Verb("list", "[QUERY] [--json]", this::list),
            new Verb("update", "NAME [--display-name TEXT] [--managed-by GROUP]", this::update),
            new Verb("members", "NAME [--json]", this::members),
            new Verb("add", "NAME ID", this::add),
            new Verb("drop", "NAME ID", this::drop),
            new Verb("kv", "NAME READ|UPSERT|CLEAREXACT KEY [VALUE...] [--json]", this::kv));

    @Activate
    public GroupCommands(@Reference Directory directory, @Reference DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    @Override
    public Stream<String> usage(String command) {
        return topic.usage();
    }

    @Descriptor("groups: create, show, change, destroy; who is in them")
    public void group(CommandSession session, String[] words) throws IOException {
        topic.run(session, words);
    }

    private void create(Arguments arguments, Terminal terminal) {
        Group wanted = Group.named(arguments.word(0))
                .withNumber(arguments.number("number"))
                .withDisplayName(arguments.option("display-name").orElse(""))
                .withManagedBy(arguments.option("managed-by").orElse(""));
        Group created = writer.createGroup(terminal.caller(), wanted);
        terminal.print("created " + created.name() + " with number " + created.number());
    }

    private void destroy(Arguments arguments, Terminal terminal) {
        writer.destroyGroup(terminal.caller(), arguments.word(0));
        terminal.print("destroyed " + arguments.word(0));
    }

    private void info(Arguments arguments, Terminal terminal) throws IOException {
        Details.show(find(arguments.word(0)).json(), arguments, terminal);
    }

    private Group find(String name) {
        return directory.group(name).orElseThrow(() -> Refusal.notFound("group", name));
    }

    private void list(Arguments arguments, Terminal terminal) throws IOException {
        String query = arguments.maybe(0).orElse("*");
        GROUPS.show((after, limit) -> directory.groups(query, after, limit), arguments, terminal);
    }

    private void update(Arguments arguments, Terminal terminal) {
        if (arguments.options().isEmpty()) {
            throw new UsageException("Say what to change: [--display-name TEXT] [--managed-by GROUP]");
        }
        writer.updateGroup(
                terminal.caller(), arguments.word(0), arguments.option("display-name"), arguments.option("managed-by"));
        terminal.print("updated " + arguments.word(0));
    }

    private void members(Arguments arguments, Terminal terminal) throws IOException {
        String name = arguments.word(0);
        MEMBERS.show((after, limit) -> directory.members(name, after, limit), arguments, terminal);
    }

    private void add(Arguments arguments, Terminal terminal) {
        writer.addMember(terminal.caller(), arguments.word(0), arguments.word(1));
        terminal.print("added " + arguments.word(1) + " to " + arguments.word(0));
    }

    private void drop(Arguments arguments, Terminal terminal) {
        writer.removeMember(terminal.caller(), arguments.word(0), arguments.word(1));
        terminal.print("dropped " + arguments.word(1) + " from " + arguments.word(0));
    }

    private void kv(Arguments arguments, Terminal terminal) throws IOException {
        String name = arguments.word(0);
        new KeyValues(
                        () -> find(name).kv(),
                        (key, values) -> writer.changeGroupKv(terminal.caller(), name, Kv.put(key, values)))
                .run(arguments, terminal);
    }
}
