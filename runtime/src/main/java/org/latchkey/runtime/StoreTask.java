package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code bin/latchkey copy} and {@code migrate}: runs the bundles of the store and its drivers, and no others, until
 * they have done that task. It holds the data directory meanwhile, so that no server runs on it. What is asked for goes
 * there as framework properties {@code org.latchkey.task...}; without {@code --no-dry-run} nothing is changed.
 */
public final class StoreTask {

    private static final String TASK = "org.latchkey.task";
    private static final String DONE = "latchkey.task.done";
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final Set<String> OUR_BUNDLES = Set.of("org.latchkey.api", "org.latchkey.store.sql");

    /** By task, the options that have a value. */
    private static final Map<String, Set<String>> VALUES = Map.of(
            "copy",
            Set.of("to-url", "to-user", "to-password-file", "from-url", "from-user", "from-password-file"),
            "migrate",
            Set.of("to"));

    /** By task, the options that have none. */
    private static final Map<String, Set<String>> WORDS =
            Map.of("copy", Set.of("dry-run", "no-dry-run", "truncate"), "migrate", Set.of("dry-run", "no-dry-run"));

    private StoreTask() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Map<String, String> task = task(List.of(arguments));
            Map<String, Object> outcome = run(task);
            boolean done = Boolean.TRUE.equals(outcome.get("done"));
            (done ? System.out : System.err).println((done ? "" : "latchkey: ") + outcome.get("report"));
            System.exit(done ? 0 : 1);
        } catch (StartRefused refused) {
            System.err.println("latchkey: " + refused.getMessage());
            System.exit(1);
        } catch (IOException broken) {
            System.err.println("latchkey: " + broken);
            System.exit(1);
        }
    }

    /** The properties that stand for the words of a command line; refused if one of them means nothing. */
    static Map<String, String> task(List<String> words) {
        String task = words.get(0);
        Map<String, String> properties = new TreeMap<>(Map.of(TASK, task));
        for (String word : words.subList(1, words.size())) {
            String name = word.replaceFirst("^--", "").replaceFirst("=.*", "");
            Optional<String> value =
                    word.contains("=") ? Optional.of(word.substring(word.indexOf('=') + 1)) : Optional.empty();
            Set<String> known = value.isPresent() ? VALUES.get(task) : WORDS.get(task);
            if (!word.startsWith("--") || !known.contains(name)) {
                throw new StartRefused(task + " does not know " + word);
            }
            switch (name) {
                case "dry-run", "no-dry-run" -> properties.put(TASK + ".dry", Boolean.toString(name.equals("dry-run")));
                case "truncate" -> properties.put(TASK + ".truncate", "true");
                default -> put(properties, name, value.orElseThrow());
            }
        }
        if (task.equals("copy") && !properties.containsKey(TASK + ".to.url")) {
            throw new StartRefused("copy wants --to-url=JDBC, the database to copy to");
        }
        if (!properties.getOrDefault(TASK + ".to", "1").matches("\\d{1,9}")) {
            throw new StartRefused("--to is the number of a schema");
        }
        return properties;
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (!name.endsWith("-file")) {
            properties.put(TASK + "." + name.replace('-', '.'), value);
            return;
        }
        try {
            String content = Files.readString(Path.of(value)).replaceFirst("\\R\\z", "");
            properties.put(TASK + "." + name.replace("-file", "").replace('-', '.'), content);
        } catch (IOException unreadable) {
            throw new StartRefused("--" + name + ": the file " + value + " cannot be read", unreadable);
        }
    }

    private static Map<String, Object> run(Map<String, String> task) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("latchkey.home", "."))
                .toAbsolutePath()
                .normalize();
        Settings settings = Settings.read(System.getenv(), home);
        settings.refuseUnusable();
        Places places = Places.of(settings);
        places.make();
        Logging logging = Logging.wake(places);
        Features features = Features.read(places.features());
        Server server = new Server(
                properties(features, settings, places, task), new SystemBundles(places.system(), bundles(features)));
        try (DataLock lock = DataLock.take(places.data())) {
            lock.sign();
            server.start(places.features(), logging);
            if (!server.awaitCondition(DONE, FOREVER)) {
                throw new StartRefused("it was stopped before it was done");
            }
            return server.propertiesOfCondition(DONE);
        } finally {
            server.stop(BOUND);
            server.dropCache();
        }
    }

    private static List<BundleId> bundles(Features features) {
        return features.bootstrapBundles().stream()
                .filter(bundle ->
                        !bundle.artifact().startsWith("org.latchkey.") || OUR_BUNDLES.contains(bundle.artifact()))
                .toList();
    }

    private static Map<String, String> properties(
            Features features, Settings settings, Places places, Map<String, String> task) {
        Path cache = places.cache().resolve("task");
        Map<String, String> properties = new TreeMap<>(features.frameworkProperties());
        properties.putAll(settings.values());
        properties.putAll(task);
        properties.put("org.osgi.framework.storage", cache.resolve("bundles").toString());
        properties.put("felix.cm.dir", cache.resolve("config").toString());
        properties.put("felix.fileinstall.dir", places.etc().toString());
        properties.put("felix.fileinstall.tmpdir", cache.resolve("fileinstall").toString());
        return properties;
    }
}
