package org.latchkey.kernel.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    /** How long a component that is made anew, or a server that stops, waits for calls in flight. */
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long it takes at most until a call that was cut is given up. */
    private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What decides about the extensions of a point from outside it. */
    interface Rules {

        Traits traits(ServiceReference<?> reference, String point);

        Guard guard(Slot<?> slot);

        boolean admits(Bundle bundle);

        List<Requirement> requirements(String point);
    }

    private final Class<T> type;
    private final Watchdog watchdog;
    private final BundleContext context;
    private final Rules rules;
    private final ServiceTracker<T, Slot<T>> tracker;

    private final List<Slot<T>> registered = new ArrayList<>();
    private final List<Snapshot<T>> retired = new ArrayList<>();
    private final Vacancies vacancies = new Vacancies();
    private volatile Snapshot<T> snapshot;

    Point(BundleContext context, Class<T> type, Watchdog watchdog, Rules rules) {
        this.context = context;
        this.type = type;
        this.watchdog = watchdog;
        this.rules = rules;
        this.snapshot = new Snapshot<>(watchdog, List.of(), rules.requirements(name()));
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

    String name() {
        return type.getSimpleName();
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
        return new HeldChain<>(watchdog.watch(), current.links(), current.holders(), current::requireComplete);
    }

    @Override
    public Optional<Chain<T>> enter(Link<T> link) {
        Holders holders = ((SlotLink<T>) link).slot().holders();
        return holders.enter()
                ? Optional.of(
                        new HeldChain<>(watchdog.watch(), List.of(link), holders, () -> snapshot.requireComplete()))
                : Optional.empty();
    }

    @Override
    public synchronized List<ExtensionInfo> list() {
        return registered.stream()
                .sorted(Slot.ORDER)
                .map(slot -> slot.info(rules.admits(slot.bundle())))
                .toList();
    }

    /** All slots, whether they serve or not. */
    synchronized List<Slot<T>> slots() {
        return List.copyOf(registered);
    }

    List<Slot<T>> slotsOf(Bundle bundle) {
        return slots().stream().filter(slot -> slot.bundle().equals(bundle)).toList();
    }

    /** Calls a slot that need not serve yet. */
    Link<T> link(Slot<T> slot) {
        return new SlotLink<>(watchdog, slot);
    }

    /** The requirements of this point that are not met now, in words. */
    List<String> unmet() {
        return snapshot.unmet();
    }

    @Override
    public synchronized Slot<T> addingService(ServiceReference<T> reference) {
        Slot<T> slot = new Slot<>(context, reference, each -> rules.traits(each, name()), rules::guard);
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
            if (slot.bundle().getState() == Bundle.ACTIVE && rules.admits(slot.bundle())) {
                vacancies.open(slot.identity());
            }
            registered.remove(slot);
            publish();
        }
        if (!drained(slot, System.nanoTime() + RESTART_NANOS)) {
            log.atWarn()
                    .addKeyValue("plugin", slot.identity().bundle())
                    .addKeyValue("extension", slot.identity().name())
                    .log("taken away with calls still in flight");
        }
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
                        .filter(slot -> rules.admits(slot.bundle()))
                        .sorted(Slot.ORDER)
                        .toList(),
                rules.requirements(name()));
        old.holders().close();
        retired.removeIf(each -> each.holders().count() == 0);
        retired.add(old);
    }

    /** Has one call in a while measured, at each extension that serves. */
    void tick() {
        for (Link<T> link : snapshot.links()) {
            ((SlotLink<T>) link).slot().guard().meter().tick();
        }
    }

    /** Waits for the calls into a plugin that no longer serves; those that go on at the deadline are cut. */
    void drain(Bundle bundle, long deadline) {
        for (Slot<T> slot : slotsOf(bundle)) {
            if (!drained(slot, deadline)) {
                log.atWarn()
                        .addKeyValue("plugin", slot.identity().bundle())
                        .addKeyValue("extension", slot.identity().name())
                        .log("its calls in flight are cut: they took longer than it may drain");
                slot.cut();
                drained(slot, System.nanoTime() + CUT_NANOS);
            }
        }
    }

    private boolean drained(Slot<T> slot, long deadline) {
        slot.holders().close();
        boolean empty = slot.holders().awaitEmpty(deadline);
        for (Snapshot<T> each : retiredWith(slot)) {
            empty &= each.holders().awaitEmpty(deadline);
        }
        return empty;
    }

    private synchronized List<Snapshot<T>> retiredWith(Slot<T> slot) {
        return retired.stream().filter(each -> each.has(slot)).collect(Collectors.toList());
    }
}
