package org.latchkey.shell.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
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

    static final Listing<Group> GROUPS = new Listing<>(
            Group.named("x").json().keySet(),
            (table, group) -> table.row(group.name(), group.number(), group.displayName(), group.managedBy()),
            Group::json,
            "NAME",
            "NUMBER",
            "DISPLAY NAME",
            "MANAGED BY");

    private static final Listing<Entity> MEMBERS = new Listing<>(
            Entity.named("x").json().keySet(),
            (table, entity) -> table.row(entity.id(), entity.number(), entity.meta(MetaField.DISPLAY_NAME)),
            Entity::json,
            "ID",
            "NUMBER",
            "NAME");

    private static final String RULE = "NAME INCLUDE|EXCLUDE|DROP GROUP";
    private static final int MANAGED = 1000;

    private final Directory directory;
    private final DirectoryWriter writer;

    private final Topic topic = new Topic(
            "group",
            new Verb("create", "NAME [--number N] [--display-name TEXT] [--managed-by GROUP]", this::create),
            new Verb("destroy", "NAME", this::destroy),
            new Verb("info", "NAME [--fields FIELDS] [--json]", this::info),
            new Verb("list", "[QUERY] [--fields FIELDS] [--json]", this::list),
            new Verb("search", "QUERY [--fields FIELDS] [--json]", this::list),
            new Verb("update", "NAME [--display-name TEXT] [--managed-by GROUP]", this::update),
            new Verb("members", "NAME [--fields FIELDS] [--json]", this::members),
            new Verb("add", "NAME ID", this::add),
            new Verb("drop", "NAME ID", this::drop),
            new Verb("rule", RULE, this::rule),
            new Verb("expansion", RULE, this::rule),
            new Verb("kv", "NAME " + KeyValues.FORM, this::kv));

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
        Group group = find(arguments.word(0));
        Map<String, Object> json = new LinkedHashMap<>(group.json());
        json.put("manages", managed(group.name()));
        Details.showFields(json, arguments, terminal);
    }

    /** The first thousand. The search may take names in other case for the same; they are not. */
    private List<String> managed(String name) {
        return directory.groups("managed_by:\"" + name + "\"", "", MANAGED).items().stream()
                .filter(group -> group.managedBy().equals(name))
                .map(Group::name)
                .toList();
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

    private void rule(Arguments arguments, Terminal terminal) {
        String name = arguments.word(0);
        String target = arguments.word(2);
        Optional<Group.Rule> rule = Group.Rule.of(arguments.word(1));
        if (rule.isPresent()) {
            writer.setRule(terminal.caller(), name, target, rule.get());
            terminal.print(name + " " + rule.get().key() + "s " + target);
        } else {
            writer.removeRule(terminal.caller(), name, target);
            terminal.print("dropped the rule of " + name + " for " + target);
        }
    }

    private void kv(Arguments arguments, Terminal terminal) throws IOException {
        String name = arguments.word(0);
        new KeyValues(() -> find(name).kv(), change -> writer.changeGroupKv(terminal.caller(), name, change))
                .untyped(arguments, terminal);
    }
}
