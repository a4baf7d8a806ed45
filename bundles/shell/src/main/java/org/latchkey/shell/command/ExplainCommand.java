package org.latchkey.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Explanation.Expected;
import org.latchkey.api.service.Operations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Shows which extensions a login or a change would run as things are now. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "explain")
@ServiceRanking(Integer.MAX_VALUE)
public final class ExplainCommand implements Command {

    private static final Syntax SYNTAX = new Syntax("explain", "OPERATION ID [--json]");

    private final Authentication authentication;
    private final Operations operations;

    @Activate
    public ExplainCommand(@Reference Authentication authentication, @Reference Operations operations) {
        this.authentication = authentication;
        this.operations = operations;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("shows what a login (authentication) or a change (entity-create, ...) of somebody would run, in order")
    public void explain(CommandSession session, String[] words) throws IOException {
        Arguments arguments = SYNTAX.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        String operation = arguments.word(0);
        Explanation explained = operation.equals(Authentication.OPERATION)
                ? authentication.explain(arguments.word(1))
                : operations.explain(operation, arguments.word(1));
        if (arguments.wantsJson()) {
            terminal.json(explained.json());
            return;
        }
        if (!explained.refusedBy().isEmpty()) {
            terminal.print("would be refused by " + explained.refusedBy() + ": " + explained.reason());
        }
        Table table = new Table("", "PLACE", "EXTENSION", "PLUGIN", "VERSION", "EXPECT", "REASON");
        rows(table, "asked", explained.authenticators());
        rows(table, "runs", explained.wouldRun());
        rows(table, "if rejected", explained.ifRejected());
        rows(table, "not asked", explained.skipped());
        terminal.show(table);
    }

    private static void rows(Table table, String group, List<Expected> extensions) {
        for (Expected each : extensions) {
            String condition = each.when().isEmpty() ? "" : " (if a " + each.when() + " is given)";
            String control = each.control().isEmpty() ? "" : " (" + each.control() + ")";
            table.row(
                    group,
                    each.place() + condition,
                    each.extension() + control,
                    each.plugin(),
                    each.version(),
                    each.expect(),
                    each.reason());
        }
    }
}
