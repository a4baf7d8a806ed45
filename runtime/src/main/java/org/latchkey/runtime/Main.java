package org.latchkey.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * The launcher behind {@code bin/latchkey}, which sets the system properties {@code latchkey.home} and
 * {@code latchkey.version}. It takes one word, {@code run}, {@code bootstrap} or {@code rehearse}, and flags.
 */
public final class Main {

    private static final String SAFE_MODE = "--safe-mode";
    private static final int FINE = 0;
    private static final int REFUSED = 1;
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final String version;
    private final Settings settings;
    private final Places places;
    private final Listeners listeners;
    private final Logging logging;
    private final Features features;
    private final Proctor proctor;

    private Main(List<String> flags, Path home, String version) {
        this.version = version;
        this.settings = Settings.read(flags, System.getenv(), home);
        settings.refuseUnusable();
        this.places = Places.of(settings);
        refuseOtherData();
        this.listeners = Listeners.of(settings);
        places.make();
        this.logging = Logging.wake(places);
        this.features = Features.read(places.features());
        this.proctor = Proctor.read(System.getenv(), settings);
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> words) throws InterruptedException {
        Path home = Path.of(System.getProperty("latchkey.home", "."))
                .toAbsolutePath()
                .normalize();
        String command = words.isEmpty() ? "" : words.get(0);
        boolean safe = words.contains(SAFE_MODE);
        List<String> flags =
                words.stream().skip(1).filter(word -> !word.equals(SAFE_MODE)).toList();
        try {
            Main launcher = new Main(flags, home, System.getProperty("latchkey.version", "unknown"));
            switch (command) {
                case "run" -> launcher.serve(safe ? launcher.safeMode() : launcher.properties());
                case "bootstrap" -> launcher.bootstrap();
                case "rehearse" -> launcher.rehearse();
                default -> throw new StartRefused("it takes run, bootstrap or rehearse");
            }
            return FINE;
        } catch (StartRefused refused) {
            System.err.println("Latchkey cannot start: " + refused.getMessage());
            return REFUSED;
        } catch (IOException broken) {
            System.err.println("Latchkey cannot start: " + broken);
            return REFUSED;
        }
    }

    /** The start script finds the server by its data directory, so both must have the same one in mind. */
    private void refuseOtherData() {
        String script = System.getProperty("latchkey.data", "");
        if (!script.isEmpty() && !Path.of(script).normalize().equals(places.data())) {
            throw new StartRefused("the start script takes the data directory for " + script + ", but it is "
                    + places.data() + "; write it into latchkey.config as data=\"DIRECTORY\" in one plain line");
        }
    }

    /** Runs the server until somebody stops it. */
    private void serve(Map<String, String> properties) throws IOException, InterruptedException {
        Server server = server(properties, features.bundles());
        StopSignal signal = StopSignal.heed(server);
        try (DataLock lock = DataLock.take(places.data())) {
            lock.sign();
            listeners.refuseIfTaken();
            serve(server, signal, lock);
        } catch (StartRefused refused) {
            if (!signal.isGiven()) {
                throw refused;
            }
        } finally {
            signal.tidy();
        }
    }

    private void serve(Server server, StopSignal signal, DataLock lock) throws IOException, InterruptedException {
        try {
            server.start(places.features(), logging);
            if (!signal.isGiven()) {
                awaitHttps(server);
            }
            if (server.awaitCondition("latchkey.ready", FOREVER) && !signal.isGiven()) {
                announce(lock);
                Rehearsal rehearsal = Rehearsal.begin(places.home());
                server.awaitStop();
                rehearsal.end();
            }
        } finally {
            server.stop(BOUND);
        }
    }

    /** Not ready, and not running on without it, if HTTPS was asked for and cannot be had. */
    private void awaitHttps(Server server) throws InterruptedException {
        if (listeners.https().isPresent()) {
            String fault =
                    server.awaitVerdict("latchkey.https", BOUND).orElse("it does not come up; the log says more");
            if (!fault.isEmpty()) {
                throw new StartRefused("HTTPS: " + fault);
            }
        }
    }

    private void announce(DataLock lock) throws IOException {
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        System.out.println("Latchkey " + version + " is ready at " + listeners.urls() + " (" + millis + " ms)");
        listeners.warning().ifPresent(Main::warn);
        proctor.warnings().forEach(Main::warn);
        lock.ready(listeners.main().url());
    }

    private static void warn(String warning) {
        System.err.println(warning);
        LoggerFactory.getLogger(Main.class).warn(warning);
    }

    /**
     * Runs as much of the server as it takes to set the secret of root, and ends. No port is opened and no plugin
     * runs: this is the way in when one of them bars all others.
     */
    private void bootstrap() throws IOException, InterruptedException {
        Map<String, String> properties = safeMode();
        Path noPlugins = Files.createDirectories(places.cache().resolve("no-plugins"));
        properties.put("latchkey.deploy", noPlugins.toString());
        properties.put("latchkey.bootstrap", "true");
        properties.put(
                "org.osgi.framework.storage",
                places.cache().resolve("bootstrap").toString());
        Server server = server(properties, features.bootstrapBundles());
        try (DataLock lock = DataLock.take(places.data())) {
            lock.sign();
            server.start(places.features(), logging);
            if (!server.awaitCondition("latchkey.bootstrapped", BOUND)) {
                throw new StartRefused("the secret of root was not set; the log says more");
            }
        } finally {
            server.stop(BOUND);
            server.dropCache();
        }
    }

    /** Starts the server and ends as soon as it is ready: this is what the class archive is made from. */
    private void rehearse() throws IOException, InterruptedException {
        Server server = server(properties(), features.bundles());
        try (DataLock lock = DataLock.take(places.data())) {
            lock.sign();
            server.start(places.features(), logging);
            if (!server.awaitCondition("latchkey.ready", BOUND)) {
                throw new StartRefused("it does not become ready");
            }
        } finally {
            server.stop(BOUND);
        }
    }

    private Server server(Map<String, String> properties, List<BundleId> bundles) {
        return new Server(properties, new SystemBundles(places.system(), bundles));
    }

    /** No plugin runs, and what lies in the deploy directory stays as it is: for when one of them bars the way. */
    private Map<String, String> safeMode() {
        Map<String, String> properties = new TreeMap<>(properties());
        properties.put("latchkey.safe.mode", "true");
        return properties;
    }

    private Map<String, String> properties() {
        Map<String, String> properties = LaunchProperties.of(features, settings, listeners, version);
        properties.putAll(proctor.properties());
        return properties;
    }
}
