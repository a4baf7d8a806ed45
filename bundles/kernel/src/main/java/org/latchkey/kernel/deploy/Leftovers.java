package org.latchkey.kernel.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.kernel.jar.Jar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plugins that are gone have left behind: threads at once, classes after a garbage collection, which is
 * asked for when no plugin has gone for a while, since it costs every request some milliseconds.
 */
final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private record Gone(Jar jar, Traces traces) {}

    private final Supplier<Duration> pause;
    private final Queue<Gone> gone = new ConcurrentLinkedQueue<>();
    private volatile List<PluginInfo> found = List.of();
    private volatile long last = System.nanoTime();
    private volatile boolean collected = true;

    /** @param pause how long after the last removal classes are looked for; zero for never */
    Leftovers(Supplier<Duration> pause) {
        this.pause = pause;
    }

    /** The revision is uninstalled; asks what it left to end. */
    void watch(Revision revision) {
        revision.traces().interrupt();
        gone.add(new Gone(revision.jar(), revision.traces()));
        last = System.nanoTime();
        collected = false;
    }

    /** Looks, and says of each revision in the log what it left, once. */
    synchronized void look() {
        if (gone.isEmpty()) {
            found = List.of();
            return;
        }
        long pauseNanos = pause.get().toNanos();
        boolean collect = !collected && pauseNanos > 0 && System.nanoTime() - last > pauseNanos;
        if (collect) {
            System.gc();
            collected = true;
        }
        List<PluginInfo> now = new ArrayList<>();
        for (Gone each : gone) {
            Optional<String> left = left(each, collected && pauseNanos > 0);
            left.ifPresentOrElse(what -> now.add(info(each, what)), () -> forget(each));
        }
        now.stream().filter(info -> !found.contains(info)).forEach(info -> log.atWarn()
                .addKeyValue("plugin", info.symbolicName())
                .addKeyValue("version", info.version())
                .addKeyValue("left", info.reason())
                .log("a plugin that is gone left something behind"));
        found = List.copyOf(now);
    }

    private static Optional<String> left(Gone each, boolean collected) {
        String threads = each.traces()
                .threads()
                .map(Thread::getName)
                .sorted()
                .distinct()
                .limit(10)
                .collect(Collectors.joining(", "));
        if (!threads.isEmpty()) {
            return Optional.of("It left threads behind: " + threads + ".");
        }
        return collected && each.traces().isLoaded()
                ? Optional.of("It left its classes behind: something outside still refers to them.")
                : Optional.empty();
    }

    /** What has gone without a trace; classes can only be judged after a collection. */
    private void forget(Gone each) {
        if (collected || !each.traces().isLoaded()) {
            gone.remove(each);
        }
    }

    private static PluginInfo info(Gone each, String reason) {
        return Deployment.info(each.jar(), "leaking", reason);
    }

    /** What was found at the last look. */
    List<PluginInfo> list() {
        return found;
    }
}
