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
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.Rejection;

/**
 * What runs, made to agree with what lies in the deploy directory. Of several versions of a plugin the
 * highest serves. A new one comes up beside the old one, takes over every place in one step and bakes: as long
 * as that takes, the old one stands by, and if the new one turns out bad it takes its places back.
 *
 * <p>All of it happens in {@link #reconcile}, which does what can be done now and never waits for a plugin.
 */
final class Deployment {

    private static final long LOOK_MILLIS = 10;

    private final DeployFolder folder;
    private final Rejects rejects;
    private final GoodJars goodJars;
    private final Restoration restoration;
    private final Succession succession;
    private final Trials trials;
    private final boolean safeMode;
    private final Map<String, Place> places = new TreeMap<>();

    /** @param safeMode whether nothing is to run and no file to be touched unless by hand */
    Deployment(
            DeployFolder folder,
            Rejects rejects,
            GoodJars goodJars,
            Trials trials,
            Succession succession,
            boolean safeMode) {
        this.safeMode = safeMode;
        this.folder = folder;
        this.rejects = rejects;
        this.goodJars = goodJars;
        this.restoration = new Restoration(folder, goodJars);
        this.trials = trials;
        this.succession = succession;
    }

    /** One pass: the bad files away, the unwanted plugins out, the wanted ones in, those that bake judged. */
    synchronized void reconcile(Map<Path, Rejection> bad) throws IOException {
        if (safeMode) {
            return;
        }
        for (Map.Entry<Path, Rejection> each : bad.entrySet()) {
            putAside(each.getKey(), each.getValue().getMessage());
        }
        rejectTwins();
        removeUnwanted();
        finishTrials();
        beginTrials();
        judge();
        Set<String> needed = trials.running().map(Jar::sha256).collect(Collectors.toSet());
        revisions().forEach(revision -> needed.add(revision.jar().sha256()));
        goodJars.keepOnly(folder.jars().stream().map(Jar::symbolicName).collect(Collectors.toSet()), needed);
        notifyAll();
    }

    /** Whether something is coming up or on probation, so that the next look should be soon. */
    synchronized boolean isBusy() {
        return isComingUp() || places.values().stream().anyMatch(place -> place.isBaking() || place.isCondemned());
    }

    synchronized boolean isComingUp() {
        return trials.running().findAny().isPresent();
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

    private void removeUnwanted() {
        Map<String, Jar> wanted = wanted();
        for (String gone : new ArrayList<>(places.keySet())) {
            if (!wanted.containsKey(gone)) {
                succession.remove(places.remove(gone));
            }
        }
    }

    private void beginTrials() throws IOException {
        for (Jar jar : wanted().values()) {
            if (!runs(jar) && !trials.isRunning(jar.symbolicName())) {
                trials.begin(jar);
            }
        }
    }

    private void finishTrials() throws IOException {
        for (Trial trial : trials.takeOver()) {
            Jar jar = trial.jar();
            try {
                Revision fresh = trial.outcome();
                if (isWanted(jar)) {
                    boolean restored = goodJars.isProven(jar);
                    places.put(jar.symbolicName(), succession.takeOver(fresh, place(jar.symbolicName())));
                    if (!restored) {
                        rejects.forget(jar.fileName());
                    }
                } else {
                    succession.discard(fresh);
                }
            } catch (Rejection rejection) {
                goodJars.disprove(jar);
                if (isWanted(jar)) {
                    putAside(jar.file(), rejection.getMessage());
                }
            }
        }
    }

    private boolean isWanted(Jar jar) {
        return Optional.ofNullable(wanted().get(jar.symbolicName()))
                .filter(wanted -> wanted.sha256().equals(jar.sha256()))
                .isPresent();
    }

    private void judge() throws IOException {
        for (Place place : new ArrayList<>(places.values())) {
            if (place.isBaking()) {
                Optional<String> objection = succession.objection(place);
                if (objection.isEmpty() && succession.isBaked(place)) {
                    places.put(place.name(), succession.settle(place));
                } else if (objection.isPresent() && before(place).isPresent()) {
                    rollBack(place, "Rolled back: " + objection.get());
                }
            }
        }
    }

    /**
     * The good jar that serves again after a rollback. The first revision of a plugin has none: it stays, so that
     * a policy that fails goes on to refuse, and what fails of it is put in quarantine.
     */
    private Optional<Jar> before(Place place) {
        return place.standby()
                .map(Revision::jar)
                .or(() -> goodJars.before(place.serving().jar()));
    }

    /** Puts the revision that serves aside and what was good before in its place. */
    synchronized void rollBack(Place place, String reason) throws IOException {
        Jar bad = place.serving().jar();
        Jar good = before(place).orElseThrow();
        places.put(place.name(), succession.rollBack(place, reason));
        goodJars.disprove(bad);
        if (folder.holds(bad)) {
            rejects.put(bad.file(), reason);
            restoration.replace(bad.file(), Optional.of(good));
        }
    }

    /** Moves a bad file away; if a good jar lay there before, that one comes back. */
    private void putAside(Path file, String reason) throws IOException {
        Optional<Jar> good = revisions()
                .map(Revision::jar)
                .filter(jar -> jar.file().equals(file))
                .findFirst()
                .or(() -> goodJars.lastAt(file).filter(jar -> !places.containsKey(jar.symbolicName())));
        rejects.put(file, reason);
        succession.tellRejected(file, reason);
        restoration.replace(file, good);
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
                putAside(
                        jar.file(),
                        jar.symbolicName() + " " + jar.version() + " is already there, in " + twin.fileName() + ".");
            }
        }
    }

    private Stream<Revision> revisions() {
        return places.values().stream()
                .flatMap(place -> Stream.concat(Stream.of(place.serving()), place.standby().stream()));
    }

    synchronized Optional<Place> place(String symbolicName) {
        return Optional.ofNullable(places.get(symbolicName));
    }

    /** Whether this very content serves, and may go on. */
    synchronized boolean runs(Jar jar) {
        return place(jar.symbolicName())
                .filter(place -> place.serving().isOf(jar) && !place.isCondemned())
                .isPresent();
    }

    /** Waits until a jar of the deploy directory serves, or is not going to; says which. */
    synchronized boolean await(Jar jar) throws IOException {
        reconcile(Map.of());
        try {
            while (!runs(jar) && (isWanted(jar) || trials.isRunning(jar.symbolicName()))) {
                wait(LOOK_MILLIS);
                reconcile(Map.of());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return runs(jar);
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
        places.values().forEach(place -> serving.add(place.serving().jar().sha256()));
        Stream<PluginInfo> active = places.values().stream().map(succession::info);
        Stream<PluginInfo> superseded = folder.jars().stream()
                .filter(jar -> !serving.contains(jar.sha256()) && !trials.isRunning(jar.symbolicName()))
                .map(jar -> safeMode
                        ? info(jar, "disabled", "safe mode")
                        : info(jar, "superseded", "a higher version serves"));
        return Stream.of(active, superseded, succession.leaving(), rejects.list().stream())
                .flatMap(each -> each)
                .toList();
    }

    /** What the list says of the revision that serves. */
    PluginInfo infoOf(String symbolicName) {
        return place(symbolicName).map(succession::info).orElseThrow(() -> Refusal.notFound("plugin", symbolicName));
    }

    static PluginInfo info(Jar jar, String state, String reason) {
        return info(jar, state, false, reason, List.of());
    }

    static PluginInfo info(Jar jar, String state, boolean probation, String reason, List<String> extensions) {
        return new PluginInfo(
                jar.symbolicName(),
                jar.version().toString(),
                jar.fileName(),
                jar.sha256(),
                state,
                probation,
                reason,
                extensions);
    }
}
