package org.latchkey.procs.run;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.proc.Executor;

/** The executors there are at this moment, by name; of two with one name the first in order counts. */
final class KnownExecutors {

    /** What an executor answered, and which one it was. */
    record Answer<R>(ExtensionInfo by, R value) {}

    private final Extensions<Executor> extensions;
    private final String preferred;

    /** @param preferred the name of the one for procs that name none, empty for the first there is */
    KnownExecutors(Extensions<Executor> extensions, String preferred) {
        this.extensions = extensions;
        this.preferred = preferred;
    }

    /** The name of the executor for a proc that wants this one, empty if it wants none; also if that one is not there. */
    Optional<String> name(String wanted) {
        String asked = wanted.isEmpty() ? preferred : wanted;
        return asked.isEmpty()
                ? extensions.links().stream()
                        .map(link -> name(link.info()))
                        .filter(each -> !each.isEmpty())
                        .findFirst()
                : Optional.of(asked);
    }

    /** Which one serves under that name now. */
    Optional<ExtensionInfo> find(String name) {
        return find(extensions.links(), name).map(Link::info);
    }

    private static Optional<Link<Executor>> find(List<Link<Executor>> links, String name) {
        return links.stream().filter(link -> name(link.info()).equals(name)).findFirst();
    }

    private static String name(ExtensionInfo info) {
        return info.properties().get(Executor.NAME) instanceof String name ? name : "";
    }

    /**
     * Asks the executor of that name.
     *
     * @throws Refusal (UNAVAILABLE) if it is not there, and what it refuses itself
     * @throws org.latchkey.api.kernel.PluginFault if it fails
     */
    <R> Answer<R> ask(String name, Link.Call<Executor, R> question) {
        try (Chain<Executor> chain = extensions.enter()) {
            Link<Executor> link = find(chain.links(), name)
                    .orElseThrow(() -> Refusal.of(Refusal.Kind.UNAVAILABLE, "no-executor", absent(name)));
            return new Answer<>(link.info(), link.call(question));
        }
    }

    static String absent(String name) {
        return name.isEmpty() ? "There is no executor." : "There is no executor \"" + name + "\".";
    }
}
