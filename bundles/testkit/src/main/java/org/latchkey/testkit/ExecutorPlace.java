package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;

/** A place where procs run, with executors that come and go, and jobs for it: scripts of a POSIX shell. */
public abstract class ExecutorPlace {

    /** Longer than any run here may take. */
    protected static final Duration LONG = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis());

    /** Files by which scripts and tests tell one another. */
    @Rule
    public final TemporaryFolder signs = new TemporaryFolder();

    private final List<Executor> open = new ArrayList<>();
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** A new executor in the one place of this test: it can resume what another of this test began there. */
    protected abstract Executor open() throws Exception;

    /** What happens to it when its bundle is stopped. */
    protected abstract void close(Executor executor) throws Exception;

    /** A job that cannot be begun there, made of one that can. */
    protected abstract Job impossible(Job possible);

    /** Lets so much time pass that what is kept of runs that ended is no more. */
    protected abstract void forget(Executor executor) throws Exception;

    /** All that runs have left in the place, described. */
    protected abstract List<String> left() throws Exception;

    /** The names of what a program gets besides the environment of its job. */
    protected abstract Set<String> added();

    /** Whether a thread may outlive the executor that began it, and why it does is known. */
    protected abstract boolean lasts(Thread thread);

    /** The image of jobs. */
    protected String image() {
        return "";
    }

    protected final Executor executor() throws Exception {
        Executor executor = open();
        open.add(executor);
        return executor;
    }

    protected final void shut(Executor executor) throws Exception {
        if (open.remove(executor)) {
            close(executor);
        }
    }

    @After
    public final void shutAll() throws Exception {
        for (Executor each : List.copyOf(open)) {
            shut(each);
        }
    }

    protected final Job job(String script) {
        return job(script, Map.of(), LONG);
    }

    /** A job with the folder of signs as its first argument. */
    protected final Job job(String script, Map<String, String> environment, Duration limit) {
        return job(List.of("/bin/sh", "-c", script, "sh", signs.getRoot().getPath()), environment, limit);
    }

    protected final Job job(List<String> command, Map<String, String> environment, Duration limit) {
        String id = String.valueOf(IDS.incrementAndGet());
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("EXECUTION_ID", id);
        return new Job(id, "proctor-" + UUID.randomUUID(), "demo", image(), command, all, limit);
    }

    /** What a script waits for that has {@code while [ ! -e "$1/NAME" ]; do sleep 0.1; done}. */
    protected final void give(String sign) throws IOException {
        Files.createFile(path(sign));
    }

    protected final void awaitSign(String sign) throws Exception {
        await("the sign " + sign, () -> Files.exists(path(sign)));
    }

    private Path path(String sign) {
        return signs.getRoot().toPath().resolve(sign);
    }

    /** Waits until it is so. */
    protected static void await(String what, Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.sleep(50);
        }
    }

    /** Waits until there is no such process; one that ended and that nobody has asked for is none. */
    protected static void awaitGone(String pid) throws Exception {
        await("process " + pid + " is gone", () -> gone(Long.parseLong(pid)));
    }

    private static boolean gone(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            // It went while it was read.
            return Files.notExists(Path.of("/proc", String.valueOf(pid)));
        }
    }

    /** The threads that began since this test did and should not be any more. */
    protected final List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !before.contains(each) && each != Thread.currentThread())
                .filter(each -> !each.getName().equals("process reaper") && !lasts(each))
                .map(Thread::getName)
                .toList();
    }
}
