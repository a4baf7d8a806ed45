package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarReader;
import org.latchkey.kernel.jar.Rejection;

/**
 * Looks into the deploy directory and tells which jars lie there complete. A file is taken once two looks
 * find it the same and it ends like a zip; one that only begins like a zip is being copied, until it has
 * not grown for a while.
 */
final class DeployFolder {

    private record Seen(long size, long modified, Object key, long since) {

        boolean sameFile(Seen other) {
            return size == other.size && modified == other.modified && key.equals(other.key);
        }
    }

    private final Path folder;
    private final Supplier<Duration> settle;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, Jar> jars = new TreeMap<>();
    private final Map<Path, Seen> judged = new HashMap<>();

    DeployFolder(Path folder, Supplier<Duration> settle) {
        this.folder = folder;
        this.settle = settle;
    }

    Path path() {
        return folder;
    }

    /** Looks, taking only files that a look before has seen as they are now. Gives what is wrong with the bad ones. */
    synchronized Map<Path, Rejection> look() throws IOException {
        return look(false);
    }

    /** Looks for the first time: what is complete is taken at once. */
    synchronized Map<Path, Rejection> firstLook() throws IOException {
        return look(true);
    }

    /**
     * Puts a jar where it lay, in one step, and takes it as looked at. What has come there since the last look is the
     * operator's latest word: it stays, and the next look takes it.
     *
     * @param staged its content, in the same folder; it is gone afterwards
     * @return whether the jar lies there now
     */
    synchronized boolean putBack(Path staged, Jar jar) throws IOException {
        if (isUnseen(jar.file())) {
            Files.delete(staged);
            forget(jar.file());
            return false;
        }
        Files.move(staged, jar.file(), StandardCopyOption.ATOMIC_MOVE);
        adopt(jar);
        return true;
    }

    /** Takes a jar that the server itself has just put there. */
    synchronized void adopt(Jar jar) throws IOException {
        Seen now = list(System.nanoTime()).get(jar.file());
        if (now != null) {
            jars.put(jar.file(), jar);
            judged.put(jar.file(), now);
        }
    }

    private boolean isUnseen(Path file) throws IOException {
        Seen now = list(System.nanoTime()).get(file);
        return now != null && !(judged.containsKey(file) && judged.get(file).sameFile(now));
    }

    /** Forgets a file that the server itself has just taken away. */
    synchronized void forget(Path file) {
        jars.remove(file);
        judged.remove(file);
    }

    /** Whether the jar still lies there as it was read. */
    synchronized boolean holds(Jar jar) {
        Jar there = jars.get(jar.file());
        return there != null && there.sha256().equals(jar.sha256());
    }

    /** Takes a file away that was judged; another that has come in its place meanwhile stays, and is looked at. */
    synchronized void delete(Path file) throws IOException {
        if (!judged.containsKey(file) || !isUnseen(file)) {
            Files.deleteIfExists(file);
        }
        forget(file);
    }

    synchronized List<Jar> jars() {
        return List.copyOf(jars.values());
    }

    private Map<Path, Rejection> look(boolean first) throws IOException {
        long now = System.nanoTime();
        Map<Path, Seen> present = list(now);
        jars.keySet().retainAll(present.keySet());
        judged.keySet().retainAll(present.keySet());
        Map<Path, Rejection> bad = new TreeMap<>();
        for (Path file : new ArrayList<>(new TreeMap<>(present).keySet())) {
            Seen current = present.get(file);
            Seen before = seen.getOrDefault(file, current);
            boolean stable = seen.containsKey(file) && current.sameFile(before);
            if (stable) {
                present.put(file, before);
            }
            if (judged.containsKey(file) && judged.get(file).sameFile(current)) {
                continue;
            }
            boolean quiet = stable && now - before.since >= settle.get().toNanos();
            if ((first || stable) && (quiet || !mayGrow(file))) {
                judge(file, current, bad);
            }
        }
        seen.clear();
        seen.putAll(present);
        return bad;
    }

    private void judge(Path file, Seen current, Map<Path, Rejection> bad) throws IOException {
        try {
            jars.put(file, JarReader.read(file));
            judged.put(file, current);
        } catch (Rejection rejection) {
            jars.remove(file);
            judged.put(file, current);
            bad.put(file, rejection);
        } catch (NoSuchFileException gone) {
            jars.remove(file);
        }
    }

    private static boolean mayGrow(Path file) throws IOException {
        try {
            return JarReader.mayGrow(file);
        } catch (NoSuchFileException gone) {
            return true;
        }
    }

    private Map<Path, Seen> list(long now) throws IOException {
        Map<Path, Seen> found = new HashMap<>();
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
            stream.forEach(files::add);
        }
        for (Path file : files) {
            try {
                BasicFileAttributes is =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (is.isRegularFile()) {
                    Object key = is.fileKey() == null ? "" : is.fileKey();
                    found.put(file, new Seen(is.size(), is.lastModifiedTime().toMillis(), key, now));
                }
            } catch (NoSuchFileException gone) {
                found.remove(file);
            }
        }
        return found;
    }
}
