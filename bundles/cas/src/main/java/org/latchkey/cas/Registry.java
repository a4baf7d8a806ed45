package org.latchkey.cas;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.TicketRegistry;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one ticket registry in use at this moment: the configured one, else the first in order. */
final class Registry {

    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final Extensions<TicketRegistry> registries;
    private final String name;

    /** @param name the {@code latchkey.registry} of the one to use, empty for the first */
    Registry(Extensions<TicketRegistry> registries, String name) {
        this.registries = registries;
        this.name = name;
    }

    /** @throws Refusal (UNAVAILABLE) if there is none, or it does not work: never "there is no such ticket" */
    <R> R ask(Function<TicketRegistry, R> question) {
        try (Chain<TicketRegistry> chain = registries.enter()) {
            return chosen(chain.links()).call(question::apply);
        } catch (PluginFault failed) {
            log.atWarn().setCause(failed).log("the ticket registry failed");
            throw unavailable();
        }
    }

    void tell(Consumer<TicketRegistry> order) {
        ask(registry -> {
            order.accept(registry);
            return true;
        });
    }

    private Link<TicketRegistry> chosen(List<Link<TicketRegistry>> links) {
        return links.stream()
                .filter(link ->
                        name.isEmpty() || name.equals(link.info().properties().get(TicketRegistry.NAME)))
                .findFirst()
                .orElseThrow(Registry::unavailable);
    }

    private static Refusal unavailable() {
        return Refusal.of(Refusal.Kind.UNAVAILABLE, "tickets-unavailable", "Tickets cannot be given at the moment.");
    }
}
