package org.latchkey.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.kernel.testing.RunningFramework;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

public class PointTest implements Point.Rules {

    private static final long DEADLINE_MILLIS = 100;

    private final TemporaryFolder folder = new TemporaryFolder();
    private final RunningFramework framework = new RunningFramework(folder);

    @Rule
    public final TestRule rules = RuleChain.outerRule(folder).around(framework);

    private final Set<Bundle> held = Collections.synchronizedSet(new HashSet<>());
    private final Watchdog watchdog = new Watchdog(() -> {});
    private volatile int places;
    private volatile long deadlineMillis = DEADLINE_MILLIS;
    private Point<Runnable> point;

    @Before
    public void open() {
        point = new Point<>(framework.context(), Runnable.class, watchdog, this);
        point.open();
    }

    @Override
    public Traits traits(ServiceReference<?> reference, String name) {
        return new Traits(Traits.info(reference, name, ""), Set.of(), TimeUnit.MILLISECONDS.toNanos(deadlineMillis));
    }

    @Override
    public Guard guard(Slot<?> slot) {
        Quarantine never = new Quarantine(() -> 0, reason -> {});
        return new Guard(new Bulkhead(places, TimeUnit.MINUTES.toNanos(5)), never, 0);
    }

    @Override
    public boolean admits(Bundle bundle) {
        return !held.contains(bundle);
    }

    @Override
    public List<Requirement> requirements(String name) {
        return List.of();
    }

    @After
    public void close() {
        point.close();
        watchdog.close();
    }

    @Test
    public void h05_equalRanksKeepTheirOrderHoweverTheyAreRegistered() throws Exception {
        List<String> names = List.of("org.a", "org.b", "org.c", "org.d");
        List<String> shuffled = new ArrayList<>(names);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(shuffled);
            List<ServiceRegistration<?>> registered = new ArrayList<>();
            for (String name : shuffled) {
                registered.add(register(name, 0, () -> {}));
            }
            assertThat(names()).isEqualTo(names);
            registered.forEach(ServiceRegistration::unregister);
        }
    }

    @Test
    public void higherRankingComesFirstAndAChangeOfRankingMovesIt() throws Exception {
        ServiceRegistration<?> low = register("org.a", 1, () -> {});
        register("org.b", 2, () -> {});
        assertThat(names()).containsExactly("org.b", "org.a");
        low.setProperties(new Hashtable<>(Map.of("service.ranking", 3)));
        assertThat(names()).containsExactly("org.a", "org.b");
    }

    @Test
    public void linksStayTheSameListUntilSomethingChanges() throws Exception {
        register("org.a", 0, () -> {});
        List<Link<Runnable>> links = point.links();
        assertThat(point.links()).isSameAs(links);
        register("org.b", 0, () -> {});
        assertThat(point.links()).isNotSameAs(links);
    }

    @Test
    public void unregisteringWaitsForWhoeverHoldsTheChain() throws Exception {
        ServiceRegistration<?> registration = register("org.a", 0, () -> {});
        Chain<Runnable> chain = point.enter();
        CompletableFuture<Void> gone = CompletableFuture.runAsync(registration::unregister);
        awaitEmptyChain();
        assertThat(gone).isNotDone();
        chain.links().get(0).call(run -> "still works");
        chain.close();
        gone.get(2, TimeUnit.SECONDS);
    }

    @Test
    public void aPluginThatServesOnLeavesNoGapWhileItsExtensionIsMadeAnew() throws Exception {
        register("org.a", 0, () -> {}).unregister();
        CompletableFuture<Integer> entered = CompletableFuture.supplyAsync(() -> {
            try (Chain<Runnable> chain = point.enter()) {
                return chain.links().size();
            }
        });
        Thread.sleep(100);
        assertThat(entered).isNotDone();
        register("org.a", 0, () -> {});
        assertThat(entered.get(5, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    public void anExtensionThatDoesNotComeBackIsWaitedForOnce() throws Exception {
        register("org.a", 0, () -> {}).unregister();
        try (Chain<Runnable> chain = point.enter()) {
            assertThat(chain.links()).isEmpty();
        }
        long before = System.nanoTime();
        point.enter().close();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    public void unregisteringWaitsForWhoeverHoldsTheLink() throws Exception {
        ServiceRegistration<?> registration = register("org.a", 0, () -> {});
        Link<Runnable> link = point.links().get(0);
        Chain<Runnable> chain = point.enter(link).orElseThrow();
        CompletableFuture<Void> gone = CompletableFuture.runAsync(registration::unregister);
        awaitEmptyChain();
        assertThat(gone).isNotDone();
        chain.close();
        gone.get(2, TimeUnit.SECONDS);
        assertThat(point.enter(link)).isEmpty();
    }

    @Test
    public void anExtensionOfAHeldPluginIsNotInTheChain() throws Exception {
        Bundle bundle = framework.bundle("deploy:x", "org.a", "1");
        held.add(bundle);
        bundle.getBundleContext().registerService(Runnable.class, () -> {}, new Hashtable<>());
        assertThat(point.links()).isEmpty();
        assertThat(point.list()).extracting("state").containsExactly("held");
        held.clear();
        point.publish();
        assertThat(names()).containsExactly("org.a");
    }

    @Test
    public void aServiceIsActivatedOnceAndHeldBetweenCalls() throws Exception {
        AtomicInteger activations = new AtomicInteger();
        Bundle bundle = framework.bundle("deploy:x", "org.a", "1");
        bundle.getBundleContext().registerService(Runnable.class, counting(activations), new Hashtable<>());
        assertThat(activations).hasValue(0);
        for (int i = 0; i < 3; i++) {
            point.links().get(0).call(run -> "called");
        }
        assertThat(activations).hasValue(1);
    }

    @Test
    public void anExtensionThatCannotBeActivatedFailsTheCallInsteadOfBeingLeftOut() throws Exception {
        Bundle bundle = framework.bundle("deploy:x", "org.a", "1");
        bundle.getBundleContext().registerService(Runnable.class, failing(), new Hashtable<>());
        assertThatThrownBy(() -> point.links().get(0).call(run -> "x")).isInstanceOf(PluginFault.class);
        assertThat(point.list()).extracting("state").containsExactly("failed");
    }

    @Test
    public void h03_errorsOfAPluginAreFaultsAndRefusalsStayRefusals() throws Exception {
        register("org.a", 0, () -> {});
        Link<Runnable> link = point.links().get(0);
        assertThatThrownBy(() -> link.call(run -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(PluginFault.class);
        assertThatThrownBy(() -> link.call(run -> {
                    throw new LinkageError();
                }))
                .isInstanceOf(PluginFault.class);
        assertThatThrownBy(() -> link.call(run -> {
                    throw new Refusal("no", "No.");
                }))
                .isInstanceOf(Refusal.class)
                .hasMessage("No.");
    }

    @Test
    public void h02_aSleepingCallIsInterruptedAndItsThreadIsClean() throws Exception {
        register("org.a", 0, () -> {});
        assertThatThrownBy(() -> point.links().get(0).call(run -> {
                    new CountDownLatch(1).await(30, TimeUnit.SECONDS);
                    return "too late";
                }))
                .isInstanceOf(PluginFault.class)
                .hasMessageContaining("late");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(point.links().get(0).<String>call(run -> "works again")).isEqualTo("works again");
    }

    @Test
    public void h02_aSpinningCallIsGivenUpAndItsExtensionOutOfServiceUntilItReturns() throws Exception {
        register("org.a", 0, () -> {});
        CountDownLatch remedied = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Throwable> stuck = CompletableFuture.supplyAsync(() -> {
            Remedy remedy = new Remedy(watchdog.watch(), remedied::countDown);
            try {
                point.links().get(0).call(run -> {
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return "dropped";
                });
                return null;
            } catch (PluginFault fault) {
                return fault;
            } finally {
                remedy.close();
            }
        });
        assertThat(remedied.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(point.list()).extracting("state").containsExactly("quarantined");
        assertThatThrownBy(() -> point.links().get(0).call(run -> "x")).isInstanceOf(PluginFault.class);
        release.countDown();
        assertThat(stuck.get(5, TimeUnit.SECONDS)).hasMessageContaining("late");
        assertThat(point.links().get(0).<String>call(run -> "back")).isEqualTo("back");
    }

    @Test
    public void aChainHeldByAStuckCallIsLetGo() throws Exception {
        ServiceRegistration<?> other = register("org.b", 0, () -> {});
        register("org.a", 0, () -> {});
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> stuck = CompletableFuture.runAsync(() -> {
            try (Chain<Runnable> chain = point.enter()) {
                chain.links().get(0).call(run -> {
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return "dropped";
                });
            }
        });
        for (int i = 0; i < 500 && !"stuck".equals(point.list().get(0).state()); i++) {
            Thread.sleep(10);
        }
        long before = System.nanoTime();
        other.unregister();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(1500));
        release.countDown();
        assertThatThrownBy(() -> stuck.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(PluginFault.class);
    }

    @Test
    public void aPluginCalledFromWithinAPluginHasADeadlineOfItsOwn() throws Exception {
        register("org.a", 0, () -> {});
        Link<Runnable> link = point.links().get(0);
        String answer = link.call(outer -> link.call(inner -> "from inside"));
        assertThat(answer).isEqualTo("from inside");
        assertThatThrownBy(() -> link.call(outer -> link.call(inner -> {
                    new CountDownLatch(1).await(30, TimeUnit.SECONDS);
                    return "too late";
                })))
                .isInstanceOf(PluginFault.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    public void aCallerMayHaveADeadlineWhereThePointHasNone() throws Exception {
        deadlineMillis = 0;
        register("org.a", 0, () -> {});
        assertThatThrownBy(() -> point.links().get(0).call(PointTest::sleep, Duration.ofMillis(50)))
                .isInstanceOf(PluginFault.class)
                .hasMessageContaining("late");
        assertThat(point.links().get(0).<String>call(extension -> "in time", Duration.ofMinutes(1)))
                .isEqualTo("in time");
    }

    @Test
    public void theDeadlineOfACallerLengthensNoneOfThePoint() throws Exception {
        register("org.a", 0, () -> {});
        assertThatThrownBy(() -> point.links().get(0).call(PointTest::sleep, Duration.ofHours(1)))
                .isInstanceOf(PluginFault.class)
                .hasMessageContaining("late");
    }

    @Test
    public void aCallerWithADeadlineDoesNotWaitForAPlace() throws Exception {
        places = 1;
        deadlineMillis = 0;
        register("org.a", 0, () -> {});
        Link<Runnable> link = point.links().get(0);
        Throwable fault = link.call(outer -> catchThrowable(() -> link.call(inner -> "", Duration.ofMinutes(1))));
        assertThat(((PluginFault) fault).kind()).isEqualTo(PluginFault.Kind.BUSY);
    }

    private static String sleep(Runnable extension) throws InterruptedException {
        Thread.sleep(60_000);
        return "slept";
    }

    private ServiceRegistration<?> register(String name, int ranking, Runnable service) throws Exception {
        Bundle bundle = Stream.of(framework.context().getBundles())
                .filter(present -> name.equals(present.getSymbolicName()))
                .findFirst()
                .orElse(null);
        if (bundle == null) {
            bundle = framework.bundle("deploy:" + name, name, "1");
        }
        return bundle.getBundleContext()
                .registerService(Runnable.class, service, new Hashtable<>(Map.of("service.ranking", ranking)));
    }

    private List<String> names() {
        return point.links().stream().map(link -> link.info().bundle()).toList();
    }

    private void awaitEmptyChain() throws InterruptedException {
        for (int i = 0; i < 500 && !point.links().isEmpty(); i++) {
            Thread.sleep(2);
        }
        assertThat(point.links()).isEmpty();
    }

    private static ServiceFactory<Runnable> counting(AtomicInteger activations) {
        return new ServiceFactory<>() {
            @Override
            public Runnable getService(Bundle bundle, ServiceRegistration<Runnable> registration) {
                activations.incrementAndGet();
                return () -> {};
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<Runnable> registration, Runnable service) {}
        };
    }

    private static ServiceFactory<Runnable> failing() {
        return new ServiceFactory<>() {
            @Override
            public Runnable getService(Bundle bundle, ServiceRegistration<Runnable> registration) {
                throw new IllegalStateException("cannot be activated");
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<Runnable> registration, Runnable service) {}
        };
    }
}
