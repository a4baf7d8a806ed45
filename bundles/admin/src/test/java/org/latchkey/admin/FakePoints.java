package org.latchkey.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;

/** Extension points to which a test adds. */
final class FakePoints implements ExtensionPoints {

    private final Map<Class<?>, FakeExtensions<?>> points = new LinkedHashMap<>();

    <T> void add(Class<T> point, String plugin, boolean core, T extension) {
        add(point, plugin, core, extension, Map.of());
    }

    <T> void add(Class<T> point, String plugin, boolean core, T extension, Map<String, Object> properties) {
        ExtensionInfo info = new ExtensionInfo(
                point.getSimpleName(), plugin + ".Main", plugin, "1.0.0", core, 0, "", "active", "", properties);
        extensions(point).links.add(new FakeLink<>(info, extension));
    }

    @SuppressWarnings("unchecked") // the map holds FakeExtensions<T> under each Class<T>
    private <T> FakeExtensions<T> extensions(Class<T> point) {
        return (FakeExtensions<T>)
                points.computeIfAbsent(point, type -> new FakeExtensions<>(point, new ArrayList<>()));
    }

    @Override
    public <T> Extensions<T> of(Class<T> point) {
        return extensions(point);
    }

    @Override
    public List<Extensions<?>> all() {
        return List.copyOf(points.values());
    }

    @Override
    public boolean quarantine(String extension, String reason) {
        return has(extension);
    }

    @Override
    public boolean release(String extension) {
        return has(extension);
    }

    private boolean has(String extension) {
        return points.values().stream()
                .flatMap(point -> point.links().stream())
                .anyMatch(link -> link.info().name().equals(extension));
    }

    @Override
    public Scope whenStuck(Runnable action) {
        return () -> {};
    }

    private record FakeExtensions<T>(Class<T> point, List<Link<T>> links) implements Extensions<T> {

        @Override
        public Chain<T> enter() {
            return new FakeChain<>(links);
        }

        @Override
        public Optional<Chain<T>> enter(Link<T> link) {
            return Optional.of(new FakeChain<>(List.of(link)));
        }

        @Override
        public List<ExtensionInfo> list() {
            return links.stream().map(Link::info).toList();
        }
    }

    private record FakeChain<T>(List<Link<T>> links) implements Chain<T> {
        @Override
        public void requireComplete() {}

        @Override
        public void close() {}
    }

    private record FakeLink<T>(ExtensionInfo info, T extension) implements Link<T> {

        @Override
        public boolean granted(String grant) {
            return false;
        }

        @Override
        public void remark(String reason) {}

        @Override
        public <R> R call(Call<? super T, R> call) {
            try {
                return call.on(extension);
            } catch (Refusal refusal) {
                throw refusal;
            } catch (Exception fault) {
                throw new PluginFault("It failed.", fault);
            }
        }
    }
}
