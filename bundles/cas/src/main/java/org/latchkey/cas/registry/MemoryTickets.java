package org.latchkey.cas.registry;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.latchkey.api.cas.Ticket;
import org.latchkey.api.cas.TicketRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keeps tickets in memory: fast, for one node, and gone when the server or this bundle is replaced; everybody then signs
 * in again. Bounded: expired tickets are swept, used ones forgotten at once, and beyond a maximum {@link #add} refuses
 * (UNAVAILABLE, {@code tickets-full}) rather than ending somebody else's sign-in.
 */
@Component(
        service = TicketRegistry.class,
        immediate = true, // or it would be gone, with all tickets, whenever nobody holds it
        configurationPid = "latchkey.cas.memory",
        property = {TicketRegistry.NAME + "=memory", "service.ranking:Integer=0"})
@Designate(ocd = MemoryTickets.Config.class)
public final class MemoryTickets implements TicketRegistry {

    @ObjectClassDefinition(name = "Latchkey CAS tickets in memory", description = "How many there may be.")
    public @interface Config {
        @AttributeDefinition(name = "Maximum", description = "How many tickets are kept at once.", min = "1")
        int maximum() default 1_000_000;

        @AttributeDefinition(
                name = "Sweep",
                description = "Every how many seconds expired tickets are forgotten.",
                min = "1",
                max = "3600")
        int sweepSeconds() default 10;
    }

    private final TicketTrees trees;
    private final ScheduledExecutorService sweeper;
    private volatile int maximum;

    @Activate
    public MemoryTickets(Config config) {
        this(Clock.systemUTC(), config);
    }

    MemoryTickets(Clock clock, Config config) {
        this.maximum = checked("maximum", config.maximum(), Integer.MAX_VALUE);
        int seconds = checked("sweepSeconds", config.sweepSeconds(), 3600);
        this.trees = new TicketTrees(clock, () -> maximum);
        this.sweeper = Executors.newSingleThreadScheduledExecutor(MemoryTickets::thread);
        sweeper.scheduleWithFixedDelay(trees::sweep, seconds, seconds, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "latchkey-cas-tickets");
        thread.setDaemon(true);
        return thread;
    }

    private static int checked(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be from 1 to " + most + ".");
        }
        return value;
    }

    /** Takes up another maximum without losing a ticket; another interval of sweeping holds from the next start. */
    @Modified
    void modified(Config config) {
        maximum = checked("maximum", config.maximum(), Integer.MAX_VALUE);
    }

    @Deactivate
    void deactivate() {
        sweeper.shutdownNow();
    }

    @Override
    public void add(Ticket ticket) {
        trees.add(ticket);
    }

    @Override
    public Optional<Ticket> get(String id) {
        return trees.get(id);
    }

    @Override
    public Optional<Ticket> consume(String id) {
        return trees.consume(id);
    }

    @Override
    public Optional<Ticket> update(String id, UnaryOperator<Ticket> change) {
        return trees.update(id, change);
    }

    @Override
    public List<Ticket> end(String id) {
        return trees.end(id);
    }

    @Override
    public void clear() {
        trees.clear();
    }

    @Override
    public long size() {
        return trees.size();
    }
}
