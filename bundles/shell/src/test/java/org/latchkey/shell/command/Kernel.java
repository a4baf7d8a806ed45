package org.latchkey.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;

/** Extension points with given extensions. */
final class Kernel implements ExtensionPoints {

    private final List<Extensions<?>> points = new ArrayList<>();

    <T> Kernel with(Class<T> point, T extension, String state, String reason) {
        ExtensionInfo info = new ExtensionInfo(
                point.getSimpleName(), "Example", "org.example", "1.0.0", false, 7, "", state, reason, Map.of());
        points.add(new One<>(point, extension, info));
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // each is registered under its class
    public <T> Extensions<T> of(Class<T> point) {
        return (Extensions<T>) points.stream()
                .filter(each -> each.point().equals(point))
                .findFirst()
                .orElseGet(() -> new None<>(point));
    }

    @Override
    public List<Extensions<?>> all() {
        return points;
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
        return () -> {};
    }

    private record None<T>(Class<T> point) implements Extensions<T> {

        @Override
        public List<Link<T>> links() {
            return List.of();
        }

        @Override
        public Chain<T> enter() {
            return new Held<>(List.of());
        }

        @Override
        public Optional<Chain<T>> enter(Link<T> link) {
            return Optional.empty();
        }

        @Override
        public List<ExtensionInfo> list() {
            return List.of();
        }
    }

    private record One<T>(Class<T> point, T extension, ExtensionInfo info) implements Extensions<T>, Link<T> {

        @Override
        public List<Link<T>> links() {
            return List.of(this);
        }

        @Override
        public Chain<T> enter() {
            return new Held<>(links());
        }

        @Override
        public Optional<Chain<T>> enter(Link<T> link) {
            return Optional.of(enter());
        }

        @Override
        public List<ExtensionInfo> list() {
            return List.of(info);
        }

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
            } catch (Exception fault) {
                throw new PluginFault("broken", fault);
            }
        }
    }

    private record Held<T>(List<Link<T>> links) implements Chain<T> {

        @Override
        public void requireComplete() {}

        @Override
        public void close() {}
    }
}
