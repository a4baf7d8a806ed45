package org.latchkey.procs.shell;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The commands as they stand in the shell, for as long as this is open. */
public final class ShellVerbs implements AutoCloseable {

    private final List<ServiceRegistration<Function>> registrations;

    public ShellVerbs(BundleContext context, Commands commands) {
        this.registrations = commands.verbs().stream()
                .map(verb -> context.registerService(Function.class, verb, properties(verb)))
                .toList();
    }

    private static Dictionary<String, Object> properties(Verb verb) {
        return new Hashtable<>(Map.of(
                "osgi.command.scope", "latchkey",
                "osgi.command.function", verb.name(),
                "latchkey.usage", verb.usage(),
                "latchkey.description", verb.description()));
    }

    @Override
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
    }
}
