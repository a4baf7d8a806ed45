package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarCheck;
import org.latchkey.kernel.jar.Rejection;

/** The jars that are coming up, one of each plugin at a time. */
final class Trials {

    private final JarCheck checks;
    private final GoodJars goodJars;
    private final Installer installer;
    private final Supplier<Duration> startTime;
    private final Runnable whenOneEnded;
    private final Map<String, Trial> running = new ConcurrentHashMap<>();

    Trials(
            JarCheck checks,
            GoodJars goodJars,
            Installer installer,
            Supplier<Duration> startTime,
            Runnable whenOneEnded) {
        this.checks = checks;
        this.goodJars = goodJars;
        this.installer = installer;
        this.startTime = startTime;
        this.whenOneEnded = whenOneEnded;
    }

    boolean isRunning(String symbolicName) {
        return running.containsKey(symbolicName);
    }

    Stream<Jar> running() {
        return running.values().stream().map(Trial::jar);
    }

    /** The trials that are over, which are none of ours from then on. */
    List<Trial> takeOver() {
        List<Trial> over = running.values().stream().filter(Trial::isOver).toList();
        over.forEach(trial -> running.remove(trial.jar().symbolicName()));
        return over;
    }

    /**
     * Brings the jar up. From here on its copy counts: whoever changes the file now has nothing of what is
     * checked and installed changed. A file that has changed already is left to the next look.
     */
    void begin(Jar jar) throws IOException {
        Optional<Path> copy = goodJars.keep(jar);
        if (copy.isPresent()) {
            begin(jar, jar.at(copy.get()));
        }
    }

    private void begin(Jar jar, Jar staged) {
        running.put(jar.symbolicName(), new Trial(jar, startTime.get(), new Trial.Work() {
            @Override
            public Revision bringUp(Jar judged, Life life, ThreadGroup group) throws IOException, Rejection {
                checks.refuse(staged);
                life.advance(Stage.CHECKED);
                return installer.bringUp(staged, life, group).of(judged);
            }

            @Override
            public void dispose(Revision revision) {
                installer.uninstall(revision.bundle());
            }

            @Override
            public void ended() {
                whenOneEnded.run();
            }
        }));
    }
}
