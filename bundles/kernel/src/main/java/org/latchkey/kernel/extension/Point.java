package org.latchkey.kernel.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extensions of one point. Readers see an immutable snapshot; a change makes a new one. An extension
 * that leaves is first out of the snapshot, then everybody who still holds one with it is waited for, and
 * only then is it given back, so that its component is deactivated after the last call.
 */
final class Point<T> implements Extensions<T>, ServiceTrackerCustomizer<T, Slot<T>> {

    private static final Logger log = LoggerFactory.getLogger(Point.class);

    private final Class<T> type;
    private final Watchdog watchdog;
    private final BundleContext context;
    private final Function<ServiceReference<?>, Traits> traits;
    private final Predicate<Bundle> admitted;
    private final LongSupplier drainNanos;
    private final ServiceTracker<T, Slot<T>> tracker;

    private final List<Slot<T>> registered = new ArrayList<>();
    private final List<Snapshot<T>> retired = new ArrayList<>();
    private final Vacancies vacancies = new Vacancies();
    private volatile Snapshot<T> snapshot;

    Point(
            BundleContext context,
            Class<T> type,
            Watchdog watchdog,
            Function<ServiceReference<?>, Traits> traits,
            Predicate<Bundle> admitted,
            LongSupplier drainNanos) {
        this.context = context;
        this.type = type;
        this.watchdog = watchdog;
        this.traits = traits;
        this.admitted = admitted;
        this.drainNanos = drainNanos;
        this.snapshot = new Snapshot<>(watchdog, List.of());
        this.tracker = new ServiceTracker<>(context, type, this);
    }

    void open() {
        tracker.open();
    }

    void close() {
        tracker.close();
    }

    @Override
    public Class<T> point() {
        return type;
    }

    @Override
    public List<Link<T>> links() {
        return snapshot.links();
    }

    @Override
    public Chain<T> enter() {
        vacancies.await();
        Snapshot<T> current = snapshot;
        while (!current.holders().enter()) {
            current = snapshot;
        }
        return new HeldChain<>(watchdog.watch(), current.links(), current.holders());
    }

    @Override
    public Optional<Chain<T>> enter(Link<T> link) {
        Holders holders = ((SlotLink<T>) link).slot().holders();
        return holders.enter()
                ? Optional.of(new HeldChain<>(watchdog.watch(), List.of(link), holders))
                : Optional.empty();
    }

    @Override
    public synchronized List<ExtensionInfo> list() {
        return registered.stream()
                .sorted(Slot.ORDER)
                .map(slot -> slot.info(admitted.test(slot.bundle())))
                .toList();
    }

    /** All slots of a bundle, whether they serve or not. */
    synchronized List<Slot<T>> slotsOf(Bundle bundle) {
        return registered.stream().filter(slot -> slot.bundle().equals(bundle)).toList();
    }

    @Override
    public synchronized Slot<T> addingService(ServiceReference<T> reference) {
        Slot<T> slot = new Slot<>(context, reference, traits);
        registered.add(slot);
        publish();
        vacancies.fill(slot.identity());
        return slot;
    }

    @Override
    public synchronized void modifiedService(ServiceReference<T> reference, Slot<T> slot) {
        slot.refresh();
        publish();
    }

    @Override
    public void removedService(ServiceReference<T> reference, Slot<T> slot) {
        synchronized (this) {
            if (slot.bundle().getState() == Bundle.ACTIVE && admitted.test(slot.bundle())) {
                vacancies.open(slot.identity());
            }
            registered.remove(slot);
            publish();
        }
        slot.holders().close();
        drain(slot);
        slot.unbind();
    }

    synchronized void refresh() {
        registered.forEach(Slot::refresh);
        publish();
    }

    /** Makes a new snapshot of what is registered and admitted. */
    synchronized void publish() {
        Snapshot<T> old = snapshot;
        snapshot = new Snapshot<>(
                watchdog,
                registered.stream()
                        .filter(slot -> admitted.test(slot.bundle()))
                        .sorted(Slot.ORDER)
                        .toList());
        old.holders().close();
        retired.removeIf(each -> each.holders().count() == 0);
        retired.add(old);
    }

    private void drain(Slot<T> slot) {
        long deadline = System.nanoTime() + drainNanos.getAsLong();
        boolean empty = slot.holders().awaitEmpty(deadline);
        for (Snapshot<T> each : retiredWith(slot)) {
            empty &= each.holders().awaitEmpty(deadline);
        }
        if (!empty) {
            log.atWarn()
                    .addKeyValue("plugin", slot.identity().bundle())
                    .addKeyValue("extension", slot.identity().name())
                    .log("taken away with calls still in flight");
        }
    }

    private synchronized List<Snapshot<T>> retiredWith(Slot<T> slot) {
        return retired.stream().filter(each -> each.has(slot)).toList();
    }
}
