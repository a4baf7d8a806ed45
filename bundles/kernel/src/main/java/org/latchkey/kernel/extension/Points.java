package org.latchkey.kernel.extension;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
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
        service = {ExtensionPoints.class, Points.class},
        configurationPid = "latchkey.kernel")
@Designate(ocd = Points.Config.class)
public final class Points implements ExtensionPoints {

    @ObjectClassDefinition(name = "Latchkey kernel", description = "How plugins are called.")
    public @interface Config {
        @AttributeDefinition(
                name = "Deadlines",
                description = "How long one call may take, in milliseconds, by extension point; 0 for no limit.")
        String[] deadlines() default {
            "DirectoryHook=500",
            "Authenticator=10000",
            "Authorizer=500",
            "HealthCheck=1000",
            "Notifier=30000",
            "Endpoint=0"
        };

        @AttributeDefinition(
                name = "Drain",
                description = "How long a plugin that is taken away may finish its calls in flight, in milliseconds.")
        long drainMillis() default 5000;
    }

    private final BundleContext context;
    private final Grants grants;
    private final Watchdog watchdog = new Watchdog();
    private final Map<Class<?>, Point<?>> points = new LinkedHashMap<>();
    private final Map<String, Long> deadlines = new ConcurrentHashMap<>();
    private volatile long drainNanos;
    private volatile Set<Bundle> admitted = Set.of();

    @Activate
    public Points(BundleContext context, @Reference ConfigurationAdmin configurations, Config config) {
        this.context = context;
        this.grants = new Grants(configurations);
        read(config);
    }

    /** A restart would not do: everything that calls plugins refers to this component and would restart with it. */
    @Modified
    synchronized void modified(Config config) {
        read(config);
        points.values().forEach(Point::refresh);
    }

    private void read(Config config) {
        drainNanos = TimeUnit.MILLISECONDS.toNanos(config.drainMillis());
        for (String each : config.deadlines()) {
            int sign = each.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException("A deadline is written Point=milliseconds, not " + each);
            }
            long millis = Long.parseLong(each.substring(sign + 1).trim());
            deadlines.put(each.substring(0, sign).trim(), TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Deactivate
    synchronized void deactivate() {
        points.values().forEach(Point::close);
        watchdog.close();
    }

    @Override
    @SuppressWarnings("unchecked") // the map holds a Point<T> under each Class<T>
    public synchronized <T> Extensions<T> of(Class<T> type) {
        return (Point<T>) points.computeIfAbsent(type, this::open);
    }

    private <T> Point<T> open(Class<T> type) {
        Point<T> point = new Point<>(
                context,
                type,
                watchdog,
                reference -> traits(reference, type.getSimpleName()),
                this::serves,
                () -> drainNanos);
        point.open();
        return point;
    }

    private Traits traits(ServiceReference<?> reference, String point) {
        var info = Traits.info(reference, point);
        long deadline = info.core() ? 0 : deadlines.getOrDefault(point, 0L);
        return new Traits(info, grants.of(reference), deadline);
    }

    @Override
    public synchronized List<Extensions<?>> all() {
        return new ArrayList<>(points.values());
    }

    @Override
    public boolean quarantine(String extension, String reason) {
        return false;
    }

    @Override
    public boolean release(String extension) {
        return false;
    }

    @Override
    public Scope whenStuck(Runnable action) {
        return new Remedy(watchdog.watch(), action);
    }

    private boolean serves(Bundle bundle) {
        return !bundle.getLocation().startsWith(Traits.DEPLOYED) || admitted.contains(bundle);
    }

    /** Lets a plugin serve in place of another, in one step at each point. */
    public synchronized void swap(Optional<Bundle> in, Optional<Bundle> out) {
        Set<Bundle> next = new HashSet<>(admitted);
        out.ifPresent(next::remove);
        in.ifPresent(next::add);
        admitted = Set.copyOf(next);
        points.values().forEach(Point::publish);
    }

    /**
     * Activates every extension of a plugin that does not serve yet, so that what is broken in it shows now.
     *
     * @return the extensions' names
     * @throws org.latchkey.api.kernel.PluginFault if one cannot be activated
     */
    public List<String> activate(Bundle bundle) {
        List<Slot<?>> slots = new ArrayList<>();
        synchronized (this) {
            points.values().forEach(point -> slots.addAll(point.slotsOf(bundle)));
        }
        slots.forEach(Slot::extension);
        return slots.stream().map(slot -> slot.identity().name()).distinct().toList();
    }
}
