package org.latchkey.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;

/**
 * Extension points without a framework, for tests: extensions are added by hand, and called in the order of
 * their rankings and names, those without in the order in which they were added. Any thread may use them.
 */
public final class LocalExtensionPoints implements ExtensionPoints {

    private static final Comparator<Link<?>> ORDER = Comparator.comparing(
                    (Link<?> link) -> -link.info().ranking())
            .thenComparing(link -> link.info().bundle());

    private final Map<Class<?>, List<LocalLink<?>>> points = Collections.synchronizedMap(new LinkedHashMap<>());

    /** Why an extension is in quarantine, by its name. */
    private final Map<String, String> quarantined = new ConcurrentHashMap<>();

    /** Adds an extension of a deployed plugin with these grants. */
    public <T> void add(Class<T> point, T extension, String... grants) {
        put(point, extension, info(point, extension, false, Map.of()), grants);
    }

    /** Adds an extension that counts as part of the server, with these service properties. */
    public <T> void addCore(Class<T> point, T extension, Map<String, Object> properties) {
        put(point, extension, info(point, extension, true, properties));
    }

    /**
     * Adds an extension of the plugin of that name and version 1.0.0, whose name is the plugin's with {@code .Main}.
     *
     * @param policy {@code required}, {@code advisory} or empty
     */
    public <T> void add(Class<T> point, T extension, String plugin, int ranking, String policy) {
        put(
                point,
                extension,
                new ExtensionInfo(
                        point.getSimpleName(),
                        plugin + ".Main",
                        plugin,
                        "1.0.0",
                        false,
                        ranking,
                        policy,
                        "active",
                        "",
                        Map.of()));
    }

    private <T> void put(Class<T> point, T extension, ExtensionInfo info, String... grants) {
        List<LocalLink<?>> links = points.computeIfAbsent(point, each -> new CopyOnWriteArrayList<>());
        links.add(new LocalLink<>(info, extension, Set.of(grants), quarantined));
        links.sort(ORDER);
    }

    /** Takes all extensions of a point away. */
    public void clear(Class<?> point) {
        points.remove(point);
    }

    private static ExtensionInfo info(Class<?> point, Object extension, boolean core, Map<String, Object> properties) {
        String name = extension.getClass().getName();
        return new ExtensionInfo(point.getSimpleName(), name, "test", "1.0.0", core, 0, "", "active", "", properties);
    }

    @SuppressWarnings("unchecked") // the map holds LocalLink<T> under each Class<T>
    private <T> List<Link<T>> registered(Class<T> point) {
        return points.getOrDefault(point, List.of()).stream()
                .map(link -> (Link<T>) link)
                .toList();
    }

    /** A view that follows later additions and removals. */
    @Override
    public <T> Extensions<T> of(Class<T> point) {
        return new Extensions<>() {
            @Override
            public Class<T> point() {
                return point;
            }

            @Override
            public List<Link<T>> links() {
                return registered(point);
            }

            @Override
            public Chain<T> enter() {
                return new LocalChain<>(links(), quarantined);
            }

            @Override
            public Optional<Chain<T>> enter(Link<T> link) {
                return links().contains(link)
                        ? Optional.of(new LocalChain<>(List.of(link), quarantined))
                        : Optional.empty();
            }

            @Override
            public List<ExtensionInfo> list() {
                return links().stream().map(link -> state(link.info())).toList();
            }
        };
    }

    private ExtensionInfo state(ExtensionInfo info) {
        return quarantined.containsKey(info.name()) ? info.inState("quarantined", quarantined.get(info.name())) : info;
    }

    @Override
    public List<Extensions<?>> all() {
        List<Extensions<?>> all = new ArrayList<>();
        points.keySet().forEach(point -> all.add(of(point)));
        return all;
    }

    @Override
    public boolean quarantine(String extension, String reason) {
        boolean known = knows(extension);
        if (known) {
            quarantined.put(extension, reason);
        }
        return known;
    }

    @Override
    public boolean release(String extension) {
        quarantined.remove(extension);
        return knows(extension);
    }

    private boolean knows(String extension) {
        return points.values().stream()
                .flatMap(List::stream)
                .anyMatch(link -> link.info().name().equals(extension));
    }

    @Override
    public Scope whenStuck(Runnable action) {
        return () -> {};
    }

    private record LocalChain<T>(List<Link<T>> links, Map<String, String> quarantined) implements Chain<T> {

        @Override
        public void requireComplete() {
            for (Link<T> link : links) {
                if (link.info().policy().equals(ExtensionInfo.REQUIRED)
                        && quarantined.containsKey(link.info().name())) {
                    throw Refusal.of(
                            Refusal.Kind.UNAVAILABLE,
                            "policy-missing",
                            "The required " + link.info().name() + " is in quarantine.");
                }
            }
        }

        @Override
        public void close() {}
    }

    private record LocalLink<T>(ExtensionInfo info, T extension, Set<String> grants, Map<String, String> quarantined)
            implements Link<T> {

        @Override
        public boolean granted(String grant) {
            return grants.contains(grant);
        }

        /** Nobody reads it here. */
        @Override
        public void remark(String reason) {}

        /** As in the server: whatever the extension throws that is no refusal is its fault. */
        @Override
        public <R> R call(Call<? super T, R> call) {
            if (quarantined.containsKey(info.name())) {
                throw new PluginFault(PluginFault.Kind.QUARANTINED, info.name() + " is in quarantine", null);
            }
            try {
                return call.on(extension);
            } catch (Refusal refusal) {
                throw refusal;
            } catch (Throwable thrown) {
                throw new PluginFault(info.name() + " failed", thrown);
            }
        }
    }
}
