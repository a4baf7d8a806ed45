package org.latchkey.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of one start. {@code LATCHKEY_X_Y} of the environment becomes {@code latchkey.x.y}; so does the content
 * of the file that {@code LATCHKEY_X_Y_FILE} names, without its last line break. An empty variable counts as absent.
 *
 * @param values by name, {@code latchkey.data}, {@code latchkey.deploy}, {@code latchkey.etc} and
 *     {@code latchkey.log} as absolute paths
 */
record Settings(Map<String, String> values) {

    private static final String VARIABLE = "LATCHKEY_";
    private static final String FILE = "_FILE";
    private static final int LONGEST_SECRET = 1024;

    Settings {
        values = Map.copyOf(values);
    }

    /** Takes the environment and the home of the distribution; refused if a file cannot be read or a value is given twice. */
    static Settings read(Map<String, String> environment, Path home) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "latchkey.http.host", "127.0.0.1",
                "latchkey.http.port", "8080",
                "latchkey.insecure.http", "false",
                "latchkey.data", home.resolve("data").toString(),
                "latchkey.deploy", home.resolve("deploy").toString(),
                "latchkey.etc", home.resolve("etc").toString(),
                "latchkey.log", home.resolve("log").toString()));
        environment.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE) && !value.isEmpty()) {
                values.put(name(variable), value(variable, value, environment));
            }
        });
        for (String path : new String[] {"latchkey.data", "latchkey.deploy", "latchkey.etc", "latchkey.log"}) {
            values.compute(
                    path,
                    (name, value) -> Path.of(value).toAbsolutePath().normalize().toString());
        }
        values.put("latchkey.home", home.toString());
        return new Settings(values);
    }

    /** Refuses what would only fail later, and less clearly. */
    void refuseUnusable() {
        if (get("latchkey.data").contains(";")) {
            throw new StartRefused("the data directory " + get("latchkey.data")
                    + " has a semicolon in its name, which a database URL cannot have");
        }
        String secret = values.getOrDefault("latchkey.root.secret", "");
        if (secret.getBytes(StandardCharsets.UTF_8).length > LONGEST_SECRET) {
            throw new StartRefused("LATCHKEY_ROOT_SECRET: A secret is at most " + LONGEST_SECRET + " bytes.");
        }
    }

    String get(String name) {
        return values.get(name);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Path path(String name) {
        return Path.of(get(name));
    }

    private static String name(String variable) {
        return base(variable).toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static String base(String variable) {
        return variable.endsWith(FILE) ? variable.substring(0, variable.length() - FILE.length()) : variable;
    }

    private static String value(String variable, String value, Map<String, String> environment) {
        if (!variable.endsWith(FILE)) {
            return value;
        }
        if (!environment.getOrDefault(base(variable), "").isEmpty()) {
            throw new StartRefused(base(variable) + " and " + variable + " are both set; set one of them");
        }
        try {
            return Files.readString(Path.of(value)).replaceFirst("\\R\\z", "");
        } catch (IOException unreadable) {
            throw new StartRefused(variable + ": the file " + value + " cannot be read", unreadable);
        }
    }
}
