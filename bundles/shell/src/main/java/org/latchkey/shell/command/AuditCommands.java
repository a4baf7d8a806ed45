package org.latchkey.shell.command;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Audit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Shows what happened, and checks that nobody changed the record of it. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "audit")
@ServiceRanking(Integer.MAX_VALUE)
public final class AuditCommands implements Command {

    private static final Syntax LIST = new Syntax("audit", "[--request REQUEST] [--limit N] [--json]");
    private static final Syntax VERIFY = new Syntax("audit verify", "[--json]");
    private static final int SHOWN = 50;
    private static final int MOST = 1_000;

    private final Audit audit;

    @Activate
    public AuditCommands(@Reference Audit audit) {
        this.audit = audit;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(LIST.usage(), VERIFY.usage());
    }

    @Descriptor("lists what happened, the newest first; or verifies that the log is whole")
    public void audit(CommandSession session, String[] words) throws IOException {
        List<String> given = List.of(words);
        if (!given.isEmpty() && given.get(0).equalsIgnoreCase("verify")) {
            verify(VERIFY.parse(given.subList(1, given.size())), new Terminal(session));
        } else {
            list(LIST.parse(given), new Terminal(session));
        }
    }

    private void list(Arguments arguments, Terminal terminal) throws IOException {
        List<Audit.Entry> entries = arguments
                .option("request")
                .map(audit::ofRequest)
                .orElseGet(() -> audit.entries("", limit(arguments)).items());
        if (arguments.wantsJson()) {
            terminal.json(entries.stream().map(Audit.Entry::json).toList());
            return;
        }
        Table table = new Table("SEQ", "AT", "TYPE", "ACTOR", "SUBJECT", "REQUEST", "DETAILS");
        entries.forEach(entry -> table.row(
                entry.seq(),
                entry.event().at(),
                entry.event().type(),
                entry.event().actor(),
                entry.event().subject(),
                entry.event().requestId(),
                details(entry.event().details())));
        terminal.show(table);
    }

    private static int limit(Arguments arguments) {
        String given = arguments.option("limit").orElse(String.valueOf(SHOWN));
        try {
            return Math.max(1, Math.min(MOST, Integer.parseInt(given)));
        } catch (NumberFormatException word) {
            throw new UsageException("--limit needs a number, not " + given + ".");
        }
    }

    /** Each on one line: of a receipt the outcome and who ran. */
    private static String details(Map<String, Object> details) {
        return details.entrySet().stream()
                .filter(member -> !member.getKey().equals("micros"))
                .map(member -> member.getKey().equals("outcome")
                        ? String.valueOf(member.getValue())
                        : member.getKey() + "=" + text(member.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(AuditCommands::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Map<?, ?> one && one.containsKey("verdict")
                ? one.get("place") + ":" + one.get("plugin") + " " + one.get("version") + " " + one.get("verdict")
                : String.valueOf(value);
    }

    private void verify(Arguments arguments, Terminal terminal) throws IOException {
        Audit.Verification found = audit.verify();
        if (arguments.wantsJson()) {
            terminal.json(found.json());
        } else if (found.isIntact()) {
            terminal.print("entries " + found.first() + " to " + found.last() + " are whole; head " + found.head());
        }
        if (!found.isIntact()) {
            throw new Refusal(
                    "audit-broken", "The audit log is broken at seq " + found.brokenAt() + ": " + found.reason());
        }
    }
}
