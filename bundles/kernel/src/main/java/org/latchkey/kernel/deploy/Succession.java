package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.kernel.extension.Points;
import org.latchkey.kernel.jar.Trust;

/** How one revision of a plugin follows another: takes over, is judged, settles or gives way again. */
final class Succession {

    /** More threads than this, besides as many as the revision before had, are a flood. */
    private static final long MOST_THREADS = 32;

    private final Points points;
    private final Installer installer;
    private final Retirement retirement;
    private final Leftovers leftovers;
    private final GoodJars goodJars;
    private final StateOfPlugins states;
    private final Trust trust;
    private final Supplier<Duration> bakeTime;

    Succession(
            Points points,
            Installer installer,
            Retirement retirement,
            Leftovers leftovers,
            GoodJars goodJars,
            StateOfPlugins states,
            Trust trust,
            Supplier<Duration> bakeTime) {
        this.points = points;
        this.installer = installer;
        this.retirement = retirement;
        this.leftovers = leftovers;
        this.goodJars = goodJars;
        this.states = states;
        this.trust = trust;
        this.bakeTime = bakeTime;
    }

    /** The fresh revision serves from now on, in place of whatever did. */
    Place takeOver(Revision fresh, Optional<Place> before) throws IOException {
        boolean proven = bakeTime.get().isZero() || goodJars.isProven(fresh.jar());
        points.distrust(fresh.bundle());
        points.swap(
                Optional.of(fresh.bundle()), before.map(place -> place.serving().bundle()));
        fresh.life().advance(Stage.BAKING);
        before.ifPresentOrElse(place -> tellReplaced(fresh, place.serving()), () -> tell("plugin.deployed", fresh, ""));
        Place place = new Place(fresh, before.flatMap(this::standby), System.nanoTime());
        return proven ? settle(place) : place;
    }

    /** Of what was there before, what is good enough to come back. */
    private Optional<Revision> standby(Place before) {
        if (before.isCondemned()) {
            retireBad(before.serving());
            return Optional.empty();
        }
        if (before.isBaking()) {
            retirement.retire(before.serving());
            return before.standby();
        }
        before.serving().life().advance(Stage.STANDBY);
        return Optional.of(before.serving());
    }

    /** What speaks against the revision that bakes, or nothing yet. */
    Optional<String> objection(Place place) {
        Revision fresh = place.serving();
        return points.objection(fresh.bundle(), place.standby().map(Revision::bundle))
                .or(() -> Optional.of(installer.fault(fresh)).filter(fault -> !fault.isEmpty()))
                .or(() -> flood(place));
    }

    private static Optional<String> flood(Place place) {
        long before = place.standby()
                .map(standby -> standby.traces().threads().count())
                .orElse(0L);
        long now = place.serving().traces().threads().count();
        return now > before + MOST_THREADS
                ? Optional.of("It has " + now + " threads, before " + before + ".")
                : Optional.empty();
    }

    boolean isBaked(Place place) {
        return System.nanoTime() - place.since() >= bakeTime.get().toNanos();
    }

    /** The revision that baked is sound; the one that stood by goes. */
    Place settle(Place place) throws IOException {
        Revision sound = place.serving();
        goodJars.prove(sound.jar());
        states.settle(sound.bundle());
        trust.served(sound.jar());
        points.trust(sound.bundle());
        sound.life().advance(Stage.SERVING);
        place.standby().ifPresent(retirement::retire);
        return Place.of(sound);
    }

    /**
     * The revision that serves is bad. The one that stands by takes its places back; if there is none but a
     * good jar, the bad one serves until that has come up.
     */
    Place rollBack(Place place, String reason) {
        Revision bad = place.serving();
        bad.life().advance(Stage.ROLLED_BACK);
        tell("plugin.rolled-back", bad, reason);
        if (place.standby().isEmpty()) {
            return place;
        }
        Revision good = place.standby().get();
        points.swap(Optional.of(good.bundle()), Optional.of(bad.bundle()));
        good.life().advance(Stage.SERVING);
        retireBad(bad);
        return Place.of(good);
    }

    /** Nobody is to find what it kept in a form that no sound revision has written. */
    private void retireBad(Revision bad) {
        retirement.retire(bad, () -> states.discard(bad.bundle()));
    }

    /** Takes a plugin out. */
    void remove(Place place) {
        points.swap(Optional.empty(), Optional.of(place.serving().bundle()));
        tell("plugin.removed", place.serving(), "");
        place.standby().ifPresent(retirement::retire);
        retirement.retireNow(place.serving());
    }

    /** Lets a revision go that never served. */
    void discard(Revision fresh) {
        retirement.retire(fresh);
    }

    void tellRejected(Path file, String reason) {
        points.announcer()
                .announce("plugin.rejected", Map.of("file", file.getFileName().toString(), "reason", reason));
    }

    private void tell(String type, Revision revision, String reason) {
        points.announcer().announce(type, facts(revision, reason));
    }

    private void tellReplaced(Revision fresh, Revision before) {
        Map<String, String> facts = new HashMap<>(facts(fresh, ""));
        facts.put("before", before.jar().version().toString());
        points.announcer().announce("plugin.replaced", facts);
    }

    private static Map<String, String> facts(Revision revision, String reason) {
        return Map.of(
                "plugin", revision.jar().symbolicName(),
                "version", revision.jar().version().toString(),
                "sha256", revision.jar().sha256(),
                "reason", reason);
    }

    PluginInfo info(Place place) {
        Revision revision = place.serving();
        return Deployment.info(
                revision.jar(), "active", place.isBaking(), fault(place).orElse(""), revision.extensions());
    }

    /** What is wrong with what serves; why a component failed says more than that it did. */
    private Optional<String> fault(Place place) {
        Revision revision = place.serving();
        return Optional.of(installer.fault(revision))
                .filter(fault -> !fault.isEmpty())
                .or(() -> place.isBaking() ? objection(place) : points.outOfService(revision.bundle()));
    }

    /** What is on its way out or left something behind. */
    Stream<PluginInfo> leaving() {
        return Stream.concat(
                retirement.leaving().stream()
                        .map(revision -> Deployment.info(revision.jar(), "draining", "its last calls end")),
                leftovers.list().stream());
    }
}
