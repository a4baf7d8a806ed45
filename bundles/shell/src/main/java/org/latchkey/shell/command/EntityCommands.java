package org.latchkey.shell.command;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** People and machine accounts (NetAuth's {@code entity} commands). */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "entity")
@ServiceRanking(Integer.MAX_VALUE)
public final class EntityCommands implements Command {

    private static final String META = Stream.of(MetaField.values())
            .map(field -> "[--" + option(field) + " TEXT]")
            .collect(Collectors.joining(" "));

    private static final Listing<Entity> LISTING = new Listing<>(
            Entity.named("x").json().keySet(),
            (table, entity) -> table.row(
                    entity.id(), entity.number(), entity.locked() ? "locked" : "", entity.meta(MetaField.DISPLAY_NAME)),
            Entity::json,
            "ID",
            "NUMBER",
            "LOCKED",
            "NAME");

    private final Directory directory;
    private final DirectoryWriter writer;

    private final Topic topic = new Topic(
            "entity",
            new Verb("create", "ID [--number N] [--secret-stdin | --secret S]", this::create),
            new Verb("destroy", "ID", this::destroy),
            new Verb("info", "ID [--fields FIELDS] [--json]", this::info),
            new Verb("list", "[QUERY] [--fields FIELDS] [--json]", this::list),
            new Verb("search", "QUERY [--fields FIELDS] [--json]", this::list),
            new Verb("update", "ID " + META, this::update),
            new Verb("lock", "ID", this::lock),
            new Verb("unlock", "ID", this::unlock),
            new Verb("groups", "ID [--json]", this::groups),
            new Verb("memberships", "ID [--fields FIELDS] [--json]", this::memberships),
            new Verb("membership", "ID ADD|DROP GROUP", this::membership),
            new Verb("key", "ADD|DROP|READ ID [TYPE] [KEY] [--json]", this::key),
            new Verb("kv", "ID " + KeyValues.FORM, this::kv));

    @Activate
    public EntityCommands(@Reference Directory directory, @Reference DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    private static String option(MetaField field) {
        return field.key().replace('_', '-');
    }

    @Override
    public Stream<String> usage(String command) {
        return topic.usage();
    }

    @Descriptor("people and machine accounts: create, show, change, lock, destroy")
    public void entity(CommandSession session, String[] words) throws IOException {
        topic.run(session, words);
    }

    private void create(Arguments arguments, Terminal terminal) throws IOException {
        Entity wanted = Entity.named(arguments.word(0)).withNumber(arguments.number("number"));
        Optional<Secret> secret = secret(arguments, terminal);
        try {
            Entity created = writer.createEntity(terminal.caller(), wanted, secret);
            terminal.print("created " + created.id() + " with number " + created.number());
        } finally {
            secret.ifPresent(Secret::close);
        }
    }

    private static Optional<Secret> secret(Arguments arguments, Terminal terminal) throws IOException {
        return arguments.has("secret-stdin")
                ? Optional.of(terminal.secret())
                : arguments.option("secret").map(String::toCharArray).map(Secret::of);
    }

    private void destroy(Arguments arguments, Terminal terminal) {
        writer.destroyEntity(terminal.caller(), arguments.word(0));
        terminal.print("destroyed " + arguments.word(0));
    }

    private void info(Arguments arguments, Terminal terminal) throws IOException {
        Details.showFields(find(arguments.word(0)).json(), arguments, terminal);
    }

    private Entity find(String id) {
        return directory.entity(id).orElseThrow(() -> Refusal.notFound("entity", id));
    }

    private void list(Arguments arguments, Terminal terminal) throws IOException {
        String query = arguments.maybe(0).orElse("*");
        LISTING.show((after, limit) -> directory.entities(query, after, limit), arguments, terminal);
    }

    private void update(Arguments arguments, Terminal terminal) {
        Map<MetaField, String> changes = new EnumMap<>(MetaField.class);
        for (MetaField field : MetaField.values()) {
            arguments.option(option(field)).ifPresent(value -> changes.put(field, value));
        }
        if (changes.isEmpty()) {
            throw new UsageException("Say what to change: " + META);
        }
        writer.updateEntity(terminal.caller(), arguments.word(0), changes);
        terminal.print("updated " + arguments.word(0));
    }

    private void lock(Arguments arguments, Terminal terminal) {
        writer.lockEntity(terminal.caller(), arguments.word(0));
        terminal.print("locked " + arguments.word(0));
    }

    private void unlock(Arguments arguments, Terminal terminal) {
        writer.unlockEntity(terminal.caller(), arguments.word(0));
        terminal.print("unlocked " + arguments.word(0));
    }

    private void groups(Arguments arguments, Terminal terminal) throws IOException {
        List<String> groups = List.copyOf(directory.groupsOf(arguments.word(0)));
        if (arguments.wantsJson()) {
            terminal.json(groups);
        } else {
            groups.forEach(terminal::print);
        }
    }

    private void memberships(Arguments arguments, Terminal terminal) throws IOException {
        List<Group> groups = directory.groupsOf(arguments.word(0)).stream()
                .flatMap(name -> directory.group(name).stream())
                .toList();
        GroupCommands.GROUPS.show((after, limit) -> new Page<>(groups, Optional.empty()), arguments, terminal);
    }

    private void membership(Arguments arguments, Terminal terminal) {
        String id = arguments.word(0);
        String group = arguments.word(2);
        if (arguments.word(1).equals("ADD")) {
            writer.addMember(terminal.caller(), group, id);
            terminal.print("added " + id + " to " + group);
        } else {
            writer.removeMember(terminal.caller(), group, id);
            terminal.print("dropped " + id + " from " + group);
        }
    }

    private void key(Arguments arguments, Terminal terminal) throws IOException {
        String id = arguments.word(1);
        new PublicKeys(() -> find(id).keys(), writer, id).run(arguments, terminal);
    }

    private void kv(Arguments arguments, Terminal terminal) throws IOException {
        String id = arguments.word(0);
        new KeyValues(() -> find(id).kv(), change -> writer.changeEntityKv(terminal.caller(), id, change))
                .untyped(arguments, terminal);
    }
}
