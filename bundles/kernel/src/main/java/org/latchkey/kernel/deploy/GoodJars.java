package org.latchkey.kernel.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Sha256;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the jars that serve, and a list of those that were found sound, the last few of each plugin. This
 * is where the last good set comes back from: after a rollback, and when a server was cut off in the middle of
 * one. The list is a memory and no more; what is to run lies in the deploy directory.
 */
final class GoodJars {

    private static final Logger log = LoggerFactory.getLogger(GoodJars.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int KEPT = 3;

    /** A jar that was found sound, and under which name it lay in the deploy directory. */
    private record Good(String version, String sha256, String file) {

        Good(Jar jar) {
            this(jar.version().toString(), jar.sha256(), jar.fileName());
        }
    }

    private final Path folder;
    private final Path deploy;

    /** Of each plugin, by symbolic name, the latest first. */
    private final Map<String, List<Good>> good;

    GoodJars(Path data, Path deploy) throws IOException {
        this.folder = data.resolve("plugins");
        this.deploy = deploy;
        this.good = read();
    }

    /**
     * Makes a copy that nobody changes any more, of a jar that is about to be installed.
     *
     * @return the copy; nothing if the file is not what it was when it was read
     */
    Optional<Path> keep(Jar jar) throws IOException {
        Files.createDirectories(folder);
        Path copy = copyOf(jar.sha256());
        if (!Files.exists(copy)) {
            Path partial = Files.createTempFile(folder, "copy", ".part");
            if (!copied(jar.file(), partial) || !Sha256.of(partial).equals(jar.sha256())) {
                Files.delete(partial);
                return Optional.empty();
            }
            Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return Optional.of(copy);
    }

    private static boolean copied(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** The jar has been found sound. */
    synchronized void prove(Jar jar) throws IOException {
        List<Good> proven = new ArrayList<>(goodOf(jar.symbolicName()));
        if (proven.isEmpty() || !proven.get(0).equals(new Good(jar))) {
            proven.removeIf(each -> each.sha256().equals(jar.sha256()));
            proven.add(0, new Good(jar));
            good.put(jar.symbolicName(), List.copyOf(proven.subList(0, Math.min(KEPT, proven.size()))));
            write();
        }
    }

    /** The jar turned out to be not so good. */
    synchronized void disprove(Jar jar) throws IOException {
        List<Good> left = goodOf(jar.symbolicName()).stream()
                .filter(each -> !each.sha256().equals(jar.sha256()))
                .toList();
        if (left.size() < goodOf(jar.symbolicName()).size()) {
            good.put(jar.symbolicName(), left);
            write();
        }
    }

    synchronized boolean isProven(Jar jar) {
        return goodOf(jar.symbolicName()).stream()
                .anyMatch(each -> each.sha256().equals(jar.sha256()));
    }

    /** The latest sound jar of a plugin with other content than this one. */
    synchronized Optional<Jar> before(Jar jar) {
        return goodOf(jar.symbolicName()).stream()
                .filter(each -> !each.sha256().equals(jar.sha256()))
                .filter(each -> Files.exists(copyOf(each.sha256())))
                .map(each -> jar(jar.symbolicName(), each))
                .findFirst();
    }

    /** The sound jar that lay last under this file name. */
    synchronized Optional<Jar> lastAt(Path file) {
        return good.entrySet().stream()
                .filter(plugin -> !plugin.getValue().isEmpty())
                .map(plugin -> jar(plugin.getKey(), plugin.getValue().get(0)))
                .filter(jar -> jar.file().equals(file) && Files.exists(copyOf(jar.sha256())))
                .findFirst();
    }

    private Jar jar(String symbolicName, Good each) {
        return new Jar(deploy.resolve(each.file()), symbolicName, Version.parseVersion(each.version()), each.sha256());
    }

    private List<Good> goodOf(String symbolicName) {
        return good.getOrDefault(symbolicName, List.of());
    }

    /** Lays the content of a jar beside the place where it lay, for {@link DeployFolder#putBack}. */
    Path stage(Jar jar) throws IOException {
        Path staged = jar.file().resolveSibling("." + jar.fileName() + ".part");
        return Files.copy(copyOf(jar.sha256()), staged, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forgets plugins that are deployed no more, and drops the copies that nobody needs. */
    synchronized void keepOnly(Set<String> symbolicNames, Set<String> running) throws IOException {
        if (good.keySet().retainAll(symbolicNames)) {
            write();
        }
        Set<String> needed = new HashSet<>(running);
        good.values().forEach(each -> each.forEach(jar -> needed.add(jar.sha256())));
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, "*.{jar,part}")) {
                for (Path copy : copies) {
                    String name = copy.getFileName().toString();
                    if (!needed.contains(name.substring(0, name.lastIndexOf('.')))) {
                        Files.deleteIfExists(copy);
                    }
                }
            }
        }
    }

    private Path copyOf(String sha256) {
        return folder.resolve(sha256 + ".jar");
    }

    private Path list() {
        return folder.resolve("good.json");
    }

    private Map<String, List<Good>> read() throws IOException {
        if (!Files.exists(list())) {
            return new TreeMap<>();
        }
        try {
            return JSON.readValue(list().toFile(), new TypeReference<TreeMap<String, List<Good>>>() {});
        } catch (JsonProcessingException damaged) {
            log.atWarn().setCause(damaged).log("the list of good jars is damaged: every plugin is on probation again");
            return new TreeMap<>();
        }
    }

    private void write() throws IOException {
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, "good", ".part");
        JSON.writeValue(partial.toFile(), good);
        Files.move(partial, list(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
