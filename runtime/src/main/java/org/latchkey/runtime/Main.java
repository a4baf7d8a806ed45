package org.latchkey.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The launcher behind {@code bin/latchkey}, which sets the system properties {@code latchkey.home} and
 * {@code latchkey.version}. It takes one word: {@code run}, {@code bootstrap} or {@code rehearse}.
 */
public final class Main {

    private static final int FINE = 0;
    private static final int REFUSED = 1;
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final String version;
    private final Settings settings;
    private final Places places;
    private final HttpAddress address;
    private final Logging logging;
    private final Features features;

    private Main(Map<String, String> environment, Path home, String version) {
        this.version = version;
        this.settings = Settings.read(environment, home);
        settings.refuseUnusable();
        this.places = Places.of(settings);
        this.address = HttpAddress.of(settings);
        places.make();
        this.logging = Logging.wake(places);
        this.features = Features.read(places.features());
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(String.join(" ", arguments)));
    }

    private static int run(String command) throws InterruptedException {
        Path home = Path.of(System.getProperty("latchkey.home", "."))
                .toAbsolutePath()
                .normalize();
        try {
            Main launcher = new Main(System.getenv(), home, System.getProperty("latchkey.version", "unknown"));
            switch (command) {
                case "run" -> launcher.serve(launcher.properties());
                case "run --safe-mode" -> launcher.serve(launcher.safeMode());
                case "bootstrap" -> launcher.bootstrap();
                case "rehearse" -> launcher.rehearse();
                default -> throw new StartRefused("it takes run, run --safe-mode, bootstrap or rehearse");
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

    /** Runs the server until somebody stops it. */
    private void serve(Map<String, String> properties) throws IOException, InterruptedException {
        Server server = server(properties, features.bundles());
        StopSignal signal = StopSignal.heed(server);
        try (DataLock lock = DataLock.take(places.data())) {
            lock.sign();
            address.refuseIfTaken();
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

    private void announce(DataLock lock) throws IOException {
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        System.out.println("Latchkey " + version + " is ready at " + address.url() + " (" + millis + " ms)");
        lock.ready(address.url());
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
        return LaunchProperties.of(features, settings, address, version);
    }
}
