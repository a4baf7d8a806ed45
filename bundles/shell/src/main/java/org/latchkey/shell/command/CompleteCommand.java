package org.latchkey.shell.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Operations;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.propertytypes.ServiceRanking;

/**
 * Says what the last word of a line that is being typed may become: what the client of a terminal asks for when the key
 * for completion is pressed. It knows the forms of the commands that there are at this moment and, within bounds, the
 * names in the directory.
 */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "complete")
@ServiceRanking(Integer.MAX_VALUE)
public final class CompleteCommand implements Command {

    private static final Syntax SYNTAX = new Syntax("complete", "LINE");
    private static final String SCOPE = "latchkey:";

    private final CommandList commands;
    private final Names names;

    @Activate
    public CompleteCommand(
            BundleContext context,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<Directory> directory,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<Operations> operations,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<Plugins> plugins,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<ExtensionPoints> points) {
        this.commands = new CommandList(context);
        this.names = new Names(commands, directory, operations, plugins, points);
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("lists what the last word of a line may become")
    public void complete(CommandSession session, String[] words) {
        Arguments arguments = SYNTAX.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        candidates(arguments.word(0)).distinct().forEach(terminal::print);
    }

    /** Nothing for a line that cannot be a command. */
    private Stream<String> candidates(String line) {
        List<String> words;
        try {
            words = Words.soFar(line);
        } catch (IllegalArgumentException malformed) {
            return Stream.empty();
        }
        String last = words.get(words.size() - 1);
        if (words.size() == 1) {
            return fitting(last, commands.names().stream());
        }
        String first = words.get(0);
        String name = first.startsWith(SCOPE) ? first.substring(SCOPE.length()) : first;
        List<String> before = words.subList(1, words.size() - 1);
        return commands.usage(name).stream().map(Syntax::ofUsage).flatMap(syntax -> after(syntax, before, last));
    }

    /** A verb, an option, or what stands at the next place of the command's form. */
    private Stream<String> after(Syntax syntax, List<String> before, String last) {
        List<String> verbs = syntax.command().subList(1, syntax.command().size());
        if (before.size() < verbs.size()) {
            return verbs.subList(0, before.size()).equals(before)
                    ? fitting(last, Stream.of(verbs.get(before.size())))
                    : Stream.empty();
        }
        if (!before.subList(0, verbs.size()).equals(verbs)) {
            return Stream.empty();
        }
        List<String> rest = before.subList(verbs.size(), before.size());
        Syntax.Next next = syntax.after(rest);
        Stream<String> values = next.places().stream().flatMap(place -> names.at(place, syntax, rest, last));
        Stream<String> options = last.startsWith("-") ? next.options().stream().map("--"::concat) : Stream.empty();
        return fitting(last, Stream.concat(values, options));
    }

    private static Stream<String> fitting(String last, Stream<String> candidates) {
        return candidates.filter(candidate -> candidate.startsWith(last));
    }
}
