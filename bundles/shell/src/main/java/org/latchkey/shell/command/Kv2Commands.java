package org.latchkey.shell.command;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Kv;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.DirectoryWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Keys with ordered values (NetAuth's {@code kv2} commands): a key is exactly itself, with no index in its name. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "kv2")
@ServiceRanking(Integer.MAX_VALUE)
public final class Kv2Commands implements Command {

    private final Directory directory;
    private final DirectoryWriter writer;

    private final Topic topic = new Topic(
            "kv2",
            new Verb("add", "ENTITY|GROUP TARGET KEY VALUE [VALUE...]", this::add),
            new Verb("replace", "ENTITY|GROUP TARGET KEY VALUE [VALUE...]", this::replace),
            new Verb("get", "ENTITY|GROUP TARGET [KEY] [--json]", this::get),
            new Verb("del", "ENTITY|GROUP TARGET KEY", this::del));

    @Activate
    public Kv2Commands(@Reference Directory directory, @Reference DirectoryWriter writer) {
        this.directory = directory;
        this.writer = writer;
    }

    @Override
    public Stream<String> usage(String command) {
        return topic.usage();
    }

    @Descriptor("keys with ordered values, of entities and groups: add, replace, get, delete")
    public void kv2(CommandSession session, String[] words) throws IOException {
        topic.run(session, words);
    }

    private void add(Arguments arguments, Terminal terminal) {
        String key = arguments.word(2);
        of(arguments, terminal).change(Kv.add(key, arguments.from(3)), "added " + key, terminal);
    }

    private void replace(Arguments arguments, Terminal terminal) {
        String key = arguments.word(2);
        of(arguments, terminal).change(Kv.replace(key, arguments.from(3)), "replaced " + key, terminal);
    }

    private void get(Arguments arguments, Terminal terminal) throws IOException {
        of(arguments, terminal).get(arguments.maybe(2).orElse("*"), arguments, terminal);
    }

    private void del(Arguments arguments, Terminal terminal) {
        String key = arguments.word(2);
        of(arguments, terminal).change(Kv.remove(key), "deleted " + key, terminal);
    }

    private KeyValues of(Arguments arguments, Terminal terminal) {
        String name = arguments.word(1);
        if (arguments.word(0).equals("ENTITY")) {
            return new KeyValues(
                    () -> directory
                            .entity(name)
                            .orElseThrow(() -> Refusal.notFound("entity", name))
                            .kv(),
                    change -> writer.changeEntityKv(terminal.caller(), name, change));
        }
        return new KeyValues(
                () -> directory
                        .group(name)
                        .orElseThrow(() -> Refusal.notFound("group", name))
                        .kv(),
                change -> writer.changeGroupKv(terminal.caller(), name, change));
    }
}
