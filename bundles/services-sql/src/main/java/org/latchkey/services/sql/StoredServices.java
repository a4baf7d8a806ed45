package org.latchkey.services.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.latchkey.api.Refusal;
import org.latchkey.api.cas.Service;
import org.latchkey.api.cas.ServiceRegistry;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services in the store, by their {@code order} and then by name. They are read anew after a change on this node, and
 * at least every two seconds when they are asked for, so that a change on another node is seen. While the database cannot
 * be reached everything is refused (UNAVAILABLE), rather than signing somebody in to what may be gone by now.
 */
@Component(
        service = {ServiceRegistry.class, StoredServices.class},
        property = {ServiceRegistry.NAME + "=sql", "service.ranking:Integer=100"})
public final class StoredServices implements ServiceRegistry {

    static final String KIND = "casservice";

    private static final Logger LOG = LoggerFactory.getLogger(StoredServices.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int PAGE = 500;

    /** What was read, and when. */
    private record Snapshot(long at, List<StoredService> stored, List<Service> services) {}

    private final Store store;
    private final LongSupplier nanos;
    private volatile Optional<Snapshot> snapshot = Optional.empty();

    @Activate
    public StoredServices(@Reference Store store) {
        this(store, System::nanoTime);
    }

    StoredServices(Store store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    @Override
    public List<Service> services() {
        return current().services();
    }

    /** All of them as they are in the store now. */
    List<StoredService> stored() {
        return refreshed().stored();
    }

    Optional<StoredService> stored(String name) {
        return item(name).flatMap(StoredServices::read);
    }

    private Optional<Item> item(String name) {
        return store.get(KIND, name);
    }

    /** Puts it in place of one of its name; whoever comes last wins. Gives whether there was none. */
    boolean put(StoredService service) {
        String body = ServiceJson.write(service).toString();
        while (true) {
            long version = item(service.name()).map(Item::version).orElse(0L);
            if (isDone(new Write.Put(new Item(KIND, service.name(), version, body, List.of())))) {
                return version == 0;
            }
        }
    }

    /** Takes it away; gives whether it was there. */
    boolean delete(String name) {
        while (true) {
            Optional<Item> item = item(name);
            if (item.isEmpty() || isDone(new Write.Delete(KIND, name, item.get().version()))) {
                return item.isPresent();
            }
        }
    }

    /** Whether it was done; if not, somebody was faster. */
    private boolean isDone(Write write) {
        try {
            store.commit(List.of(write));
            return true;
        } catch (Store.Conflict faster) {
            return false;
        } finally {
            outdate();
        }
    }

    /** Also what is being read right now: it may be from before the change. */
    private synchronized void outdate() {
        snapshot = snapshot.map(old -> new Snapshot(nanos.getAsLong() - FRESH_NANOS, old.stored(), old.services()));
    }

    private Snapshot current() {
        return snapshot.filter(known -> nanos.getAsLong() - known.at() < FRESH_NANOS)
                .orElseGet(this::refreshed);
    }

    private synchronized Snapshot refreshed() {
        long at = nanos.getAsLong();
        List<StoredService> stored = readAll();
        Snapshot read = new Snapshot(
                at,
                stored,
                snapshot.filter(known -> known.stored().equals(stored))
                        .map(Snapshot::services)
                        .orElseGet(() ->
                                stored.stream().map(StoredService::service).toList()));
        snapshot = Optional.of(read);
        return read;
    }

    private List<StoredService> readAll() {
        List<StoredService> all = new ArrayList<>();
        List<Item> page = store.list(KIND, "", "", PAGE);
        while (!page.isEmpty()) {
            page.forEach(item -> read(item).ifPresent(all::add));
            page = store.list(KIND, "", page.get(page.size() - 1).key(), PAGE);
        }
        all.sort(StoredService.ORDER);
        return List.copyOf(all);
    }

    /** One that cannot be read, such as a newer version's, harms only itself. */
    private static Optional<StoredService> read(Item item) {
        try {
            return Optional.of(ServiceJson.read(item.key(), item.body().getBytes(StandardCharsets.UTF_8)));
        } catch (Refusal | IOException foreign) {
            LOG.atWarn()
                    .addKeyValue("service", item.key())
                    .addKeyValue("reason", foreign.getMessage())
                    .log("a stored CAS service is left out");
            return Optional.empty();
        }
    }
}
