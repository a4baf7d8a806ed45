package org.latchkey.kernel.extension;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.latchkey.api.extension.SelfCheck;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.kernel.notice.Announcer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** All extension points, and which plugins may be seen at them. */
@Component(
        service = {ExtensionPoints.class, Points.class, ConfigurationListener.class},
        configurationPid = "latchkey.kernel")
@Designate(ocd = Points.Config.class)
public final class Points implements ExtensionPoints, ConfigurationListener {

    @ObjectClassDefinition(name = "Latchkey kernel", description = "How plugins are called.")
    public @interface Config {
        @AttributeDefinition(
                name = "Deadlines",
                description = "How long one call may take, in milliseconds, by extension point; 0 for no limit.")
        String[] deadlines() default {
            "DirectoryHook=500",
            "Authenticator=10000",
            "Recognizer=5000",
            "Scheme=5000",
            "Authorizer=500",
            "Theme=2000",
            "AccountSection=3000",
            "Grant=20000",
            "HealthCheck=1000",
            "SelfCheck=5000",
            "Notifier=30000",
            "Executor=20000",
            "Endpoint=0"
        };

        @AttributeDefinition(
                name = "Bulkheads",
                description =
                        "How many calls may be inside one extension at once, by extension point; 0 for no limit. Holds for extensions that are deployed from then on.")
        String[] bulkheads() default {
            "DirectoryHook=16",
            "Authenticator=32",
            "Recognizer=32",
            "Scheme=32",
            "Authorizer=16",
            "HealthCheck=4",
            "Notifier=4",
            "Executor=32",
            "Endpoint=100"
        };

        @AttributeDefinition(
                name = "Drain",
                description = "How long a plugin that is taken away may finish its calls in flight, in milliseconds.")
        long drainMillis() default 120_000;

        @AttributeDefinition(
                name = "Quarantine",
                description =
                        "How long an extension that fails too often is not called before it is tried again, in seconds; each failed trial doubles it, up to twenty times.")
        long quarantineSeconds() default 30;
    }

    private final BundleContext context;
    private final Instructions instructions;
    private final Announcer announcer;
    private final Guards guards;
    private final List<Point<?>> points = new CopyOnWriteArrayList<>();
    private final Watchdog watchdog = new Watchdog(this::tick);
    private final Map<String, Set<String>> seenAt = new ConcurrentHashMap<>();
    private volatile Limits limits;
    private volatile List<Requirement> requirements;
    private volatile Set<Bundle> admitted = Set.of();

    private final Point.Rules rules = new Point.Rules() {
        @Override
        public Traits traits(ServiceReference<?> reference, String point) {
            var info = Traits.info(reference, point, instructions.policy(reference));
            return new Traits(info, instructions.grants(reference), info.core() ? 0 : limits.deadlineNanos(point));
        }

        @Override
        public Guard guard(Slot<?> slot) {
            seen(slot);
            return guards.guard(slot);
        }

        @Override
        public boolean admits(Bundle bundle) {
            return !bundle.getLocation().startsWith(Traits.DEPLOYED) || admitted.contains(bundle);
        }

        @Override
        public List<Requirement> requirements(String point) {
            return requirements.stream()
                    .map(each -> each.at(seenAt.getOrDefault(each.pid(), Set.of())))
                    .filter(each -> each.points().contains(point))
                    .toList();
        }
    };

    private void seen(Slot<?> slot) {
        if (slot.identity().properties().get("service.pid") instanceof String pid) {
            seenAt.computeIfAbsent(pid, unseen -> ConcurrentHashMap.newKeySet())
                    .add(slot.identity().point());
        }
    }

    @Activate
    public Points(BundleContext context, @Reference ConfigurationAdmin configurations, Config config) {
        this.context = context;
        this.announcer = new Announcer(context, this);
        this.guards = new Guards(() -> limits, announcer);
        this.instructions = new Instructions(configurations);
        this.limits = Limits.of(config);
        this.requirements = instructions.requirements();
        of(SelfCheck.class);
    }

    /** A restart would not do: everything that calls plugins refers to this component and would restart with it. */
    @Modified
    synchronized void modified(Config config) {
        limits = Limits.of(config);
        points.forEach(Point::refresh);
    }

    @Deactivate
    synchronized void deactivate() {
        points.forEach(Point::close);
        watchdog.close();
        announcer.close();
    }

    /** What the operator says of an extension stands in the configuration of its PID. */
    @Override
    public synchronized void configurationEvent(ConfigurationEvent event) {
        List<Requirement> changed = instructions.requirements();
        if (!changed.equals(requirements)) {
            requirements = changed;
            points.forEach(Point::refresh);
        }
    }

    public Announcer announcer() {
        return announcer;
    }

    private void tick() {
        points.forEach(Point::tick);
    }

    @Override
    @SuppressWarnings("unchecked") // the list holds one Point<T> for each Class<T>
    public <T> Extensions<T> of(Class<T> type) {
        return (Point<T>) find(type).orElseGet(() -> open(type));
    }

    private Optional<Point<?>> find(Class<?> type) {
        return points.stream().filter(each -> each.point() == type).findFirst();
    }

    private synchronized Point<?> open(Class<?> type) {
        return find(type).orElseGet(() -> {
            Point<?> point = new Point<>(context, type, watchdog, rules);
            points.add(point);
            point.open();
            return point;
        });
    }

    @Override
    public List<Extensions<?>> all() {
        return List.copyOf(points);
    }

    @Override
    public boolean quarantine(String extension, String reason) {
        return guards.impose(extension, reason, pluginSlots(extension));
    }

    @Override
    public boolean release(String extension) {
        return guards.release(extension, pluginSlots(extension));
    }

    private List<Slot<?>> pluginSlots(String extension) {
        return points.stream()
                .flatMap(point -> point.slots().stream())
                .filter(slot ->
                        !slot.identity().core() && slot.identity().name().equals(extension))
                .collect(Collectors.toList());
    }

    @Override
    public Scope whenStuck(Runnable action) {
        return new Remedy(watchdog.watch(), action);
    }

    /** What is required and not in service, in words. */
    List<String> unmet() {
        return points.stream()
                .flatMap(point -> point.unmet().stream())
                .distinct()
                .toList();
    }

    /** Lets a plugin serve in place of another, in one step at each point. */
    public synchronized void swap(Optional<Bundle> in, Optional<Bundle> out) {
        Set<Bundle> next = new HashSet<>(admitted);
        out.ifPresent(next::remove);
        in.ifPresent(next::add);
        admitted = Set.copyOf(next);
        points.forEach(Point::publish);
    }

    /**
     * Activates every extension of a plugin that does not serve yet, so that what is broken in it shows now.
     *
     * @return the extensions' names
     * @throws org.latchkey.api.kernel.PluginFault if one cannot be activated
     */
    public List<String> activate(Bundle bundle) {
        List<Slot<?>> slots = slotsOf(bundle);
        slots.forEach(Slot::extension);
        return slots.stream()
                .filter(slot -> !slot.identity().point().equals(SelfCheck.class.getSimpleName()))
                .map(slot -> slot.identity().name())
                .distinct()
                .toList();
    }

    /**
     * Asks a plugin whether it can do its work.
     *
     * @return what it says is wrong, or nothing
     * @throws org.latchkey.api.kernel.PluginFault if a check failed itself
     */
    public Optional<String> selfCheck(Bundle bundle) {
        Point<SelfCheck> checks = (Point<SelfCheck>) of(SelfCheck.class);
        return checks.slotsOf(bundle).stream()
                .map(slot -> checks.link(slot).call(SelfCheck::fault))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private List<Slot<?>> slotsOf(Bundle bundle) {
        List<Slot<?>> slots = new ArrayList<>();
        points.forEach(point -> slots.addAll(point.slotsOf(bundle)));
        return slots;
    }

    /**
     * Judges a plugin that is on probation against the revision that served before it.
     *
     * @return what speaks against it in one sentence, or nothing yet
     */
    public Optional<String> objection(Bundle fresh, Optional<Bundle> before) {
        List<Slot<?>> old = before.map(this::slotsOf).orElse(List.of());
        List<Slot<?>> slots = slotsOf(fresh);
        return slots.stream()
                .map(slot -> Judgement.objection(slot, old))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What keeps an extension of a plugin from being called, in one sentence, or nothing. */
    public Optional<String> outOfService(Bundle bundle) {
        return slotsOf(bundle).stream()
                .map(Judgement::outOfService)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A plugin is on probation: from now on all its calls are measured. */
    public void distrust(Bundle bundle) {
        slotsOf(bundle).forEach(slot -> slot.guard().meter().exact(true));
    }

    /** The plugin was found sound: from now on its calls are only sampled. */
    public void trust(Bundle bundle) {
        slotsOf(bundle).forEach(slot -> slot.guard().meter().exact(false));
    }

    /** Waits for the last calls into a plugin that no longer serves, and cuts what takes longer than it may drain. */
    public void drain(Bundle bundle) {
        long deadline = System.nanoTime() + limits.drainNanos();
        points.forEach(point -> point.drain(bundle, deadline));
    }
}
