package org.latchkey.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;

/** Endpoints in the order they were added. */
final class FakeEndpoints implements Extensions<Endpoint> {

    private final Consumer<Thread> onStuck;
    private volatile List<Link<Endpoint>> links = List.of();
    private final Set<Link<Endpoint>> left = ConcurrentHashMap.newKeySet();

    /** What happens while somebody waits for those that are made anew. */
    Runnable meanwhile = () -> {};

    /** What happens when somebody looks which there are. */
    volatile Runnable onLook = () -> {};

    /** What is told of a thread that is past the deadline of its caller. */
    FakeEndpoints(Consumer<Thread> onStuck) {
        this.onStuck = onStuck;
    }

    /** How many calls hold an endpoint at the moment. */
    final AtomicInteger held = new AtomicInteger();

    Link<Endpoint> core(String mount, Endpoint endpoint) {
        return add(info("org.latchkey.core", mount, true), endpoint);
    }

    Link<Endpoint> plugin(String bundle, String mount, Endpoint endpoint) {
        return add(info(bundle, mount, false), endpoint);
    }

    /** Puts one endpoint into the place of another in one step. */
    void replace(Link<Endpoint> old, Link<Endpoint> next) {
        List<Link<Endpoint>> changed = new ArrayList<>(links);
        changed.remove(next);
        changed.set(changed.indexOf(old), next);
        links = List.copyOf(changed);
        left.add(old);
    }

    void remove(Link<Endpoint> link) {
        links = links.stream().filter(each -> each != link).toList();
        left.add(link);
    }

    /** Lets an endpoint leave while the list still shows it. */
    void leaveSilently(Link<Endpoint> link) {
        left.add(link);
    }

    private Link<Endpoint> add(ExtensionInfo info, Endpoint endpoint) {
        Link<Endpoint> link = new FakeLink(info, endpoint, onStuck);
        List<Link<Endpoint>> changed = new ArrayList<>(links);
        changed.add(link);
        links = List.copyOf(changed);
        return link;
    }

    /** A link of a plugin that is not registered yet. */
    static Link<Endpoint> link(String bundle, String mount, Endpoint endpoint) {
        return new FakeLink(info(bundle, mount, false), endpoint, thread -> {});
    }

    static ExtensionInfo info(String bundle, String mount, boolean core) {
        return new ExtensionInfo(
                "Endpoint",
                bundle + ".Main",
                bundle,
                "1.0.0",
                core,
                0,
                "",
                "active",
                "",
                Map.of(Endpoint.MOUNT, mount));
    }

    @Override
    public Class<Endpoint> point() {
        return Endpoint.class;
    }

    @Override
    public List<Link<Endpoint>> links() {
        onLook.run();
        return links;
    }

    @Override
    public Chain<Endpoint> enter() {
        meanwhile.run();
        return new FakeChain(links);
    }

    @Override
    public Optional<Chain<Endpoint>> enter(Link<Endpoint> link) {
        return left.contains(link) ? Optional.empty() : Optional.of(new FakeChain(List.of(link)));
    }

    @Override
    public List<ExtensionInfo> list() {
        return links.stream().map(Link::info).toList();
    }

    private final class FakeChain implements Chain<Endpoint> {

        private final List<Link<Endpoint>> links;

        FakeChain(List<Link<Endpoint>> links) {
            this.links = links;
            held.incrementAndGet();
        }

        @Override
        public List<Link<Endpoint>> links() {
            return links;
        }

        @Override
        public void requireComplete() {}

        @Override
        public void close() {
            held.decrementAndGet();
        }
    }

    /** What the operator is told of a link. */
    static String remark(Link<Endpoint> link) {
        return ((FakeLink) link).remark().get();
    }

    /** Has no call of a link pass until it is told otherwise with nothing. */
    static void refuse(Link<Endpoint> link, Optional<PluginFault.Kind> why) {
        ((FakeLink) link).refusal().set(why);
    }

    private record FakeLink(
            ExtensionInfo info,
            Endpoint endpoint,
            Consumer<Thread> onStuck,
            AtomicReference<String> remark,
            AtomicReference<Optional<PluginFault.Kind>> refusal)
            implements Link<Endpoint> {

        FakeLink(ExtensionInfo info, Endpoint endpoint, Consumer<Thread> onStuck) {
            this(info, endpoint, onStuck, new AtomicReference<>(""), new AtomicReference<>(Optional.empty()));
        }

        @Override
        public void remark(String reason) {
            remark.set(reason);
        }

        @Override
        public boolean granted(String grant) {
            return false;
        }

        @Override
        public <R> R call(Call<? super Endpoint, R> call) {
            refusal.get().ifPresent(kind -> {
                throw new PluginFault(kind, info.bundle() + " is not called", null);
            });
            try {
                return call.on(endpoint);
            } catch (Refusal refusal) {
                throw refusal;
            } catch (Exception fault) {
                throw new PluginFault(info.bundle() + " failed", fault);
            }
        }

        /** A call past its deadline is held stuck at once, and its extension out of service. */
        @Override
        public <R> R call(Call<? super Endpoint, R> call, Duration most) {
            Thread caller = Thread.currentThread();
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture.delayedExecutor(most.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (over.compareAndSet(false, true)) {
                            refusal.set(Optional.of(PluginFault.Kind.QUARANTINED));
                            onStuck.accept(caller);
                        }
                    });
            try {
                R answer = call(call);
                if (!over.compareAndSet(false, true)) {
                    throw new PluginFault(PluginFault.Kind.LATE, info.bundle() + " was late", null);
                }
                return answer;
            } finally {
                over.set(true);
            }
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
