package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.testkit.ExecutorContract;

/** Row 119: the suite of executors, on processes. */
public class RunsTest extends ExecutorContract {

    @Rule
    public final TemporaryFolder data = new TemporaryFolder();

    private final ShiftedClock clock = new ShiftedClock();

    @Override
    protected Executor open() {
        return new Runs(Configured.settings(data.getRoot().toPath(), Map.of("graceSeconds", 2)), clock);
    }

    @Override
    protected void close(Executor executor) {
        ((Runs) executor).close();
    }

    @Override
    protected Job impossible(Job possible) {
        return job(List.of("/no/such/program"), possible.environment(), possible.limit());
    }

    @Override
    protected void forget(Executor executor) throws IOException, InterruptedException {
        clock.shift(Duration.ofHours(2));
        // An end is heard a moment before it is marked as told.
        for (int tries = 0; tries < 300 && !left().isEmpty(); tries++) {
            ((Runs) executor).tidy();
            Thread.sleep(100);
        }
    }

    @Override
    protected List<String> left() throws IOException {
        try (Stream<Path> folders = Files.list(data.getRoot().toPath().resolve("procs-local"))) {
            return folders.map(Path::toString).toList();
        }
    }

    @Override
    protected Set<String> added() {
        return Set.of("PATH", "HOME", "LANG");
    }

    @Override
    protected boolean lasts(Thread thread) {
        return false;
    }
}
