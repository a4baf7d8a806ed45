package org.latchkey.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;

/** Extension points without a framework, for tests: extensions are added by hand and called in that order. */
public final class LocalExtensionPoints implements ExtensionPoints {

    private final Map<Class<?>, LocalExtensions<?>> points = new LinkedHashMap<>();

    /** Adds an extension of a deployed plugin with these grants. */
    public <T> void add(Class<T> point, T extension, String... grants) {
        registered(point).links.add(new LocalLink<>(info(point, extension, false), extension, Set.of(grants)));
    }

    /** Adds an extension that counts as part of the server, with these service properties. */
    public <T> void addCore(Class<T> point, T extension, Map<String, Object> properties) {
        ExtensionInfo info = info(point, extension, true);
        registered(point)
                .links
                .add(new LocalLink<>(
                        new ExtensionInfo(
                                info.point(),
                                info.name(),
                                info.bundle(),
                                info.version(),
                                true,
                                0,
                                "",
                                "active",
                                "",
                                properties),
                        extension,
                        Set.of()));
    }

    /** Takes all extensions of a point away. */
    public void clear(Class<?> point) {
        points.remove(point);
    }

    private static ExtensionInfo info(Class<?> point, Object extension, boolean core) {
        String name = extension.getClass().getName();
        return new ExtensionInfo(point.getSimpleName(), name, "test", "1.0.0", core, 0, "", "active", "", Map.of());
    }

    @SuppressWarnings("unchecked") // the map holds LocalExtensions<T> under each Class<T>
    private <T> LocalExtensions<T> registered(Class<T> point) {
        return (LocalExtensions<T>) points.computeIfAbsent(point, LocalExtensions::new);
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
                return registered(point).links();
            }

            @Override
            public Chain<T> enter() {
                return new LocalChain<>(List.copyOf(links()));
            }

            @Override
            public Optional<Chain<T>> enter(Link<T> link) {
                return links().contains(link) ? Optional.of(new LocalChain<>(List.of(link))) : Optional.empty();
            }

            @Override
            public List<ExtensionInfo> list() {
                return links().stream().map(Link::info).toList();
            }
        };
    }

    @Override
    public List<Extensions<?>> all() {
        List<Extensions<?>> all = new ArrayList<>();
        points.keySet().forEach(point -> all.add(of(point)));
        return all;
    }

    /** Nothing is ever in quarantine here. */
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
        return () -> {};
    }

    private static final class LocalExtensions<T> {

        private final List<Link<T>> links = new ArrayList<>();

        LocalExtensions(Class<?> point) {}

        List<Link<T>> links() {
            return links;
        }
    }

    private record LocalChain<T>(List<Link<T>> links) implements Chain<T> {
        @Override
        public void requireComplete() {}

        @Override
        public void close() {}
    }

    private record LocalLink<T>(ExtensionInfo info, T extension, Set<String> grants) implements Link<T> {

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
