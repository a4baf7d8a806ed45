package org.latchkey.shell.command;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The commands that there are at this moment, whichever bundle they come from. */
final class CommandList {

    private static final String IN_SCOPE = "(&(osgi.command.scope=latchkey)(osgi.command.function=*))";

    /** Service properties of ours: how a command is written, line by line, and what it does, in a few words. */
    private static final String USAGE = "latchkey.usage";

    private static final String DESCRIPTION = "latchkey.description";

    private final BundleContext context;

    CommandList(BundleContext context) {
        this.context = context;
    }

    /** In alphabetical order. */
    Set<String> names() {
        return commands().keySet();
    }

    /** What a command does, in a few words; empty if nobody says. */
    String description(String name) {
        return said(name, DESCRIPTION).stream()
                .findFirst()
                .or(() -> of(name, object -> description(object, name)))
                .orElse("");
    }

    /** How a command is written; nothing if nobody says. A plugin says it by a property of its service. */
    List<String> usage(String name) {
        List<String> said = said(name, USAGE);
        if (!said.isEmpty()) {
            return said;
        }
        return of(
                        name,
                        object -> object instanceof Command known
                                ? known.usage(name).toList()
                                : List.<String>of())
                .orElse(List.of());
    }

    private <R> Optional<R> of(String name, Function<Object, R> use) {
        return Optional.<ServiceReference<?>>ofNullable(commands().get(name)).map(reference -> with(reference, use));
    }

    /** The commands by name; of several with one name, the one that Gogo calls. */
    private Map<String, ServiceReference<?>> commands() {
        Map<String, ServiceReference<?>> commands = new TreeMap<>();
        for (ServiceReference<?> each : references()) {
            for (String name : functions(each)) {
                commands.merge(name, each, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return commands;
    }

    private ServiceReference<?>[] references() {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, IN_SCOPE);
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String[] functions(ServiceReference<?> reference) {
        return texts(reference.getProperty("osgi.command.function"));
    }

    private static String[] texts(Object property) {
        return property instanceof String[] several ? several : new String[] {String.valueOf(property)};
    }

    /** What the service of a command says by a property; nothing if it does not. */
    private List<String> said(String name, String property) {
        return Optional.<ServiceReference<?>>ofNullable(commands().get(name))
                .map(reference -> reference.getProperty(property))
                .map(value -> List.of(texts(value)))
                .orElse(List.of());
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
                .map(CommandList::description)
                .findFirst()
                .orElse("");
    }

    private static String description(Method method) {
        return method.isAnnotationPresent(Descriptor.class)
                ? method.getAnnotation(Descriptor.class).value()
                : "";
    }
}
