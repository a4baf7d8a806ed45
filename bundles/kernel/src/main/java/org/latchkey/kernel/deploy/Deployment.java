package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.kernel.extension.Points;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarCheck;
import org.latchkey.kernel.jar.Rejection;
import org.latchkey.kernel.jar.Trust;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs, made to agree with what lies in the deploy directory. Of several versions of a plugin the
 * highest serves. A new one is installed and started beside the old one, takes its place at every point in
 * one step, and only then is the old one stopped; a bad one never gets that far.
 */
final class Deployment {

    private static final Logger log = LoggerFactory.getLogger(Deployment.class);

    private final BundleContext context;
    private final DeployFolder folder;
    private final Installer installer;
    private final Points points;
    private final Rejects rejects;
    private final GoodJars goodJars;
    private final JarCheck checks;
    private final Trust trust;
    private final Map<String, Revision> running = new TreeMap<>();

    Deployment(
            BundleContext context,
            DeployFolder folder,
            Installer installer,
            Points points,
            Rejects rejects,
            GoodJars goodJars,
            JarCheck checks,
            Trust trust) {
        this.context = context;
        this.folder = folder;
        this.installer = installer;
        this.points = points;
        this.rejects = rejects;
        this.goodJars = goodJars;
        this.checks = checks;
        this.trust = trust;
    }

    /** The pass at the start of the server: what the bundle cache still has and nobody wants goes first. */
    synchronized void begin(Map<Path, Rejection> bad) throws IOException {
        Set<String> wanted = folder.jars().stream().map(Jar::location).collect(Collectors.toSet());
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(Jar.LOCATION) && !wanted.contains(bundle.getLocation())) {
                installer.uninstall(bundle);
            }
        }
        reconcile(bad);
    }

    /** One pass: the bad files away, the unwanted plugins out, the wanted ones in. */
    synchronized void reconcile(Map<Path, Rejection> bad) throws IOException {
        for (Map.Entry<Path, Rejection> each : bad.entrySet()) {
            reject(each.getKey(), each.getValue().getMessage());
        }
        rejectTwins();
        Map<String, Jar> wanted = wanted();
        for (String gone : new ArrayList<>(running.keySet())) {
            if (!wanted.containsKey(gone)) {
                remove(running.remove(gone));
            }
        }
        Optional<Jar> next = next(wanted);
        while (next.isPresent()) {
            deploy(next.get());
            wanted = wanted();
            next = next(wanted);
        }
        goodJars.keepOnly(
                running.values().stream().map(each -> each.jar().sha256()).collect(Collectors.toSet()));
    }

    /** Of each plugin the highest version. */
    private Map<String, Jar> wanted() {
        return folder.jars().stream()
                .collect(Collectors.toMap(
                        Jar::symbolicName,
                        jar -> jar,
                        (one, other) -> one.version().compareTo(other.version()) >= 0 ? one : other,
                        TreeMap::new));
    }

    private Optional<Jar> next(Map<String, Jar> wanted) {
        return wanted.values().stream().filter(jar -> !runs(jar)).findFirst();
    }

    private boolean runs(Jar jar) {
        return revision(jar.symbolicName())
                .filter(revision -> revision.jar().sha256().equals(jar.sha256()))
                .isPresent();
    }

    private void deploy(Jar jar) throws IOException {
        try {
            refusePartOfTheServer(jar);
            checks.refuse(jar);
            Revision revision = installer.install(jar);
            goodJars.keep(jar);
            Optional<Revision> old = Optional.ofNullable(running.put(jar.symbolicName(), revision));
            points.swap(Optional.of(revision.bundle()), old.map(Revision::bundle));
            log.atInfo()
                    .addKeyValue("plugin", jar.symbolicName())
                    .addKeyValue("version", jar.version())
                    .addKeyValue("extensions", revision.extensions())
                    .log("serves");
            old.ifPresent(replaced -> installer.uninstall(replaced.bundle()));
            rejects.forget(jar.fileName());
            trust.served(jar);
        } catch (Rejection rejection) {
            reject(jar.file(), rejection.getMessage());
        }
    }

    private void remove(Revision revision) {
        points.swap(Optional.empty(), Optional.of(revision.bundle()));
        installer.uninstall(revision.bundle());
        log.atInfo().addKeyValue("plugin", revision.jar().symbolicName()).log("removed");
    }

    /** Moves a bad file away; if it was written over the jar of a plugin that runs, that jar comes back. */
    private void reject(Path file, String reason) throws IOException {
        rejects.put(file, reason);
        folder.forget(file);
        for (Revision revision : running.values()) {
            if (revision.jar().file().equals(file)) {
                goodJars.restore(revision.jar());
                folder.adopt(revision.jar());
            }
        }
    }

    /** Two files that claim to be the same version of the same plugin: the one that serves stays, else the first by name. */
    private void rejectTwins() throws IOException {
        Map<String, Jar> first = new TreeMap<>();
        List<Jar> servingFirst = folder.jars().stream()
                .sorted(Comparator.comparing((Jar jar) -> !runs(jar)).thenComparing(Jar::fileName))
                .toList();
        for (Jar jar : servingFirst) {
            Jar twin = first.putIfAbsent(jar.symbolicName() + " " + jar.version(), jar);
            if (twin != null) {
                reject(
                        jar.file(),
                        jar.symbolicName() + " " + jar.version() + " is already there, in " + twin.fileName() + ".");
            }
        }
    }

    private void refusePartOfTheServer(Jar jar) throws Rejection {
        for (Bundle bundle : context.getBundles()) {
            if (jar.symbolicName().equals(bundle.getSymbolicName())
                    && !bundle.getLocation().startsWith(Jar.LOCATION)) {
                throw new Rejection(jar.symbolicName() + " is a part of the server and not replaced as a plugin.");
            }
        }
    }

    synchronized Optional<Revision> revision(String symbolicName) {
        return Optional.ofNullable(running.get(symbolicName));
    }

    /** The jars of one plugin, all versions. */
    synchronized List<Jar> jarsOf(String symbolicName) {
        return folder.jars().stream()
                .filter(jar -> jar.symbolicName().equals(symbolicName))
                .toList();
    }

    /** Why the file of that name is not deployed. */
    synchronized String reasonFor(String fileName) throws IOException {
        return rejects.list().stream()
                .filter(rejected -> rejected.file().equals(fileName))
                .map(PluginInfo::reason)
                .findFirst()
                .orElse("It does not serve.");
    }

    synchronized List<PluginInfo> list() throws IOException {
        Set<String> serving = new HashSet<>();
        running.values().forEach(revision -> serving.add(revision.jar().sha256()));
        Stream<PluginInfo> active = running.values().stream()
                .map(revision -> info(revision.jar(), "active", installer.fault(revision), revision.extensions()));
        Stream<PluginInfo> superseded = folder.jars().stream()
                .filter(jar -> !serving.contains(jar.sha256()))
                .map(jar -> info(jar, "superseded", "a higher version serves", List.of()));
        return Stream.of(active, superseded, rejects.list().stream())
                .flatMap(each -> each)
                .toList();
    }

    static PluginInfo info(Jar jar, String state, String reason, List<String> extensions) {
        return new PluginInfo(
                jar.symbolicName(), jar.version().toString(), jar.fileName(), jar.sha256(), state, reason, extensions);
    }
}
