package org.latchkey.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Notices;
import org.latchkey.api.service.Notices.Letters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Shows which notices there are, and deals with those that could not be delivered. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "notices")
@ServiceRanking(Integer.MAX_VALUE)
public final class NoticeCommands implements Command {

    private static final Syntax LIST = new Syntax("notices", "[--json]");
    private static final Syntax DEAD = new Syntax("notices dead", "[NOTIFIER] [--json]");
    private static final Syntax REPLAY = new Syntax("notices replay", "NOTIFIER [LETTER]");
    private static final Syntax DROP = new Syntax("notices drop", "NOTIFIER [LETTER]");

    private static final Listing<Notices.DeadLetter> LETTERS = new Listing<>(
            Set.of(),
            (table, letter) -> table.row(
                    letter.notifier(),
                    letter.id(),
                    letter.at(),
                    letter.attempts(),
                    letter.reason(),
                    letter.notice().map(Notice::type).orElse("(damaged)"),
                    letter.notice().map(NoticeCommands::content).orElse("")),
            Notices.DeadLetter::json,
            "NOTIFIER",
            "LETTER",
            "AT",
            "ATTEMPTS",
            "REASON",
            "TYPE",
            "CONTENT");

    private final Notices notices;

    @Activate
    public NoticeCommands(@Reference Notices notices) {
        this.notices = notices;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(LIST, DEAD, REPLAY, DROP).map(Syntax::usage);
    }

    @Descriptor("lists the notices that there are; or the dead letters, which it replays or drops")
    public void notices(CommandSession session, String[] words) throws IOException {
        List<String> given = List.of(words);
        String verb = given.isEmpty() ? "" : given.get(0).toLowerCase(Locale.ROOT);
        List<String> rest = given.isEmpty() ? given : given.subList(1, given.size());
        Terminal terminal = new Terminal(session);
        switch (verb) {
            case "dead" -> dead(DEAD.parse(rest), terminal);
            case "replay" -> {
                int replayed = notices.replay(terminal.caller(), letters(REPLAY.parse(rest)));
                terminal.print(replayed + " wait for their notifier again");
            }
            case "drop" -> {
                int dropped = notices.drop(terminal.caller(), letters(DROP.parse(rest)));
                terminal.print(dropped + " are dropped");
            }
            default -> list(LIST.parse(given), terminal);
        }
    }

    private static Letters letters(Arguments arguments) {
        return new Letters(arguments.word(0), arguments.maybe(1));
    }

    private void list(Arguments arguments, Terminal terminal) throws IOException {
        List<Notices.Listed> listed = notices.catalogue();
        if (arguments.wantsJson()) {
            terminal.json(listed.stream().map(Notices.Listed::json).toList());
            return;
        }
        Table table = new Table("TYPE", "WHEN", "SUBJECT", "FACTS", "PLUGIN");
        listed.forEach(each -> table.row(
                each.topic().type(),
                each.topic().when(),
                each.topic().subject(),
                String.join(", ", each.topic().facts().keySet()),
                each.plugin()));
        terminal.show(table);
    }

    private void dead(Arguments arguments, Terminal terminal) throws IOException {
        Optional<String> notifier = arguments.maybe(0);
        LETTERS.show((cursor, limit) -> notices.dead(notifier, cursor, limit), arguments, terminal);
    }

    private static String content(Notice notice) {
        Map<String, String> sorted = new TreeMap<>(notice.content());
        return Details.text(sorted);
    }
}
