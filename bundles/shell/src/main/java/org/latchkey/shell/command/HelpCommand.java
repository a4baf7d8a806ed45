package org.latchkey.shell.command;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Says which commands there are at this moment, and how one is written. */
@Component(service = Command.class, immediate = true)
@GogoCommand(scope = "latchkey", function = "help")
@ServiceRanking(Integer.MAX_VALUE)
public final class HelpCommand implements Command {

    private static final Syntax SYNTAX = new Syntax("help", "[COMMAND]");
    private static final String IN_SCOPE = "(&(osgi.command.scope=latchkey)(osgi.command.function=*))";

    private final BundleContext context;

    @Activate
    public HelpCommand(BundleContext context) {
        this.context = context;
    }

    @Override
    public Stream<String> usage(String command) {
        return Stream.of(SYNTAX.usage());
    }

    @Descriptor("lists the commands, or shows how one is written")
    public void help(CommandSession session, String[] words) throws InvalidSyntaxException {
        Arguments arguments = SYNTAX.parse(List.of(words));
        Terminal terminal = new Terminal(session);
        Optional<String> asked = arguments.maybe(0).map(word -> word.toLowerCase(Locale.ROOT));
        if (asked.isPresent()) {
            explain(asked.get(), terminal);
        } else {
            list(terminal);
        }
    }

    private void list(Terminal terminal) throws InvalidSyntaxException {
        Table table = new Table("COMMAND", "");
        commands().forEach((name, reference) -> table.row(name, with(reference, object -> description(object, name))));
        terminal.show(table);
        terminal.print("\"help COMMAND\" shows how one is written; \"exit\" ends.");
    }

    private void explain(String name, Terminal terminal) throws InvalidSyntaxException {
        ServiceReference<?> reference = Optional.<ServiceReference<?>>ofNullable(
                        commands().get(name))
                .orElseThrow(() -> new UsageException("There is no command \"" + name + "\"."));
        String description = with(reference, object -> description(object, name));
        terminal.print(description);
        with(
                        reference,
                        object -> object instanceof Command known
                                ? known.usage(name).toList()
                                : List.<String>of())
                .forEach(terminal::print);
    }

    /** The commands by name; of several with one name, the one that Gogo calls. */
    private Map<String, ServiceReference<?>> commands() throws InvalidSyntaxException {
        Map<String, ServiceReference<?>> commands = new TreeMap<>();
        ServiceReference<?>[] found = context.getAllServiceReferences(null, IN_SCOPE);
        for (ServiceReference<?> each : found == null ? new ServiceReference<?>[0] : found) {
            for (String name : functions(each)) {
                commands.merge(name, each, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return commands;
    }

    private static String[] functions(ServiceReference<?> reference) {
        Object functions = reference.getProperty("osgi.command.function");
        return functions instanceof String[] several ? several : new String[] {String.valueOf(functions)};
    }

    private <R> R with(ServiceReference<?> reference, Function<Object, R> use) {
        try {
            return use.apply(
                    Optional.<Object>ofNullable(context.getService(reference)).orElse(""));
        } finally {
            context.ungetService(reference);
        }
    }

    private static String description(Object object, String command) {
        return Stream.of(object.getClass().getMethods())
                .filter(method -> method.getName().equalsIgnoreCase(command))
                .map(HelpCommand::description)
                .findFirst()
                .orElse("");
    }

    private static String description(Method method) {
        return method.isAnnotationPresent(Descriptor.class)
                ? method.getAnnotation(Descriptor.class).value()
                : "";
    }
}
