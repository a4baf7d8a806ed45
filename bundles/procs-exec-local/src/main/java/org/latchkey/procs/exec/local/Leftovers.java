package org.latchkey.procs.exec.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What earlier lives left in the directory of runs. */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** Beginning takes a moment; what was not begun after this never will be. */
    private static final Duration BEGINNING = Duration.ofMinutes(2);

    /** How long the end of a run waits for whoever had it run. */
    private static final Duration UNTOLD = Duration.ofDays(7);

    private final Settings settings;
    private final Clock clock;

    /** The runs of which it was said already that they cannot be collected. */
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    Leftovers(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes the directory, which is nobody else's business. */
    void prepare() {
        try {
            if (!Files.isDirectory(settings.root())) {
                Files.createDirectories(settings.root().getParent());
                Folder.secret(settings.root());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the directory of runs " + settings.root() + " cannot be made", e);
        }
    }

    /**
     * Removes what is over and old, ends what was begun by half.
     *
     * @param known the runs that are looked at already
     * @return the others that are not over
     */
    List<Run> collect(Collection<Run> known) throws IOException {
        Set<String> ids = known.stream().map(run -> run.handle().id()).collect(Collectors.toSet());
        List<Run> running = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(settings.root(), Files::isDirectory)) {
            for (Path each : folders) {
                if (!ids.contains(each.getFileName().toString())) {
                    collect(new Folder(each)).ifPresent(running::add);
                }
            }
        }
        return running;
    }

    private Optional<Run> collect(Folder folder) {
        try {
            Optional<Handle> handle = folder.process();
            if (handle.isEmpty()) {
                abandon(folder);
            } else if (folder.exitCode().isEmpty() && folder.isOfThisBoot() && Processes.alive(handle.get())) {
                return Optional.of(new Run(handle.get(), folder, settings, clock));
            } else if (isOld(folder)) {
                folder.remove();
            }
        } catch (IOException | RuntimeException e) {
            // A folder that a program has made a mess of must not keep the others from being looked after.
            if (failed.add(folder.id())) {
                LOG.warn("Run {} cannot be collected; this is tried again", folder.id(), e);
            }
        }
        return Optional.empty();
    }

    private boolean isOld(Folder folder) {
        Instant now = clock.instant();
        return folder.toldAt()
                .map(told -> told.plus(settings.keep()).isBefore(now))
                .orElseGet(() -> folder.begunAt().plus(UNTOLD).isBefore(now)
                        && folder.deadline().isBefore(now));
    }

    /** Nobody has the handle of what was begun while the server died: it is as if it had not been begun. */
    private void abandon(Folder folder) throws IOException {
        if (folder.begunAt().plus(BEGINNING).isBefore(clock.instant())) {
            if (!failed.contains(folder.id())) {
                LOG.warn("Run {} was begun by half, and is removed", folder.id());
            }
            Signal.KILL.send(Processes.now().inside(folder.work()));
            folder.remove();
        }
    }
}
