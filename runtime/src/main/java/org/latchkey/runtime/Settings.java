package org.latchkey.runtime;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings of one start. A flag counts before the environment, that before {@code etc/latchkey.config}, and that
 * before the default. Relative paths begin at the home of the distribution, whoever names them.
 *
 * @param given by framework property; what nobody set and has no default is not there
 */
record Settings(Map<String, Given> given) {

    private static final int LONGEST_SECRET = 1024;
    private static final int SEAL_KEY_BYTES = 32;

    Settings {
        given = Map.copyOf(given);
    }

    /** Takes the environment and the home of the distribution, and no flag. */
    static Settings read(Map<String, String> environment, Path home) {
        return read(List.of(), environment, home);
    }

    /**
     * Takes the flags, the environment and the home of the distribution; refused if a file cannot be read, a value is
     * given twice in one place, or a name in a flag or in the file is unknown.
     */
    static Settings read(List<String> flags, Map<String, String> environment, Path home) {
        Settings outside = withoutFile(flags, environment, home);
        Map<String, Given> given = new TreeMap<>(outside.given);
        Layer.file(outside.path("latchkey.etc"), home)
                .forEach((name, value) -> given.merge(name, value, Settings::unlessDefault));
        given.put("latchkey.home", new Given(home.toString(), "where the program lies"));
        return new Settings(given);
    }

    /** What flags, environment and defaults say: enough to know where the file lies. */
    static Settings withoutFile(List<String> flags, Map<String, String> environment, Path home) {
        Map<String, Given> given = new TreeMap<>(Layer.defaults(home));
        given.putAll(Layer.environment(environment, home));
        given.putAll(Layer.flags(flags, home));
        return new Settings(given);
    }

    private static Given unlessDefault(Given outside, Given file) {
        return outside.origin().equals(Given.DEFAULT) ? file : outside;
    }

    /** Refuses what would only fail later, and less clearly. */
    void refuseUnusable() {
        if (get("latchkey.data").contains(";")) {
            throw new StartRefused("the data directory " + get("latchkey.data")
                    + " has a semicolon in its name, which a database URL cannot have");
        }
        String secret = has("latchkey.root.secret") ? get("latchkey.root.secret") : "";
        if (secret.getBytes(StandardCharsets.UTF_8).length > LONGEST_SECRET) {
            throw new StartRefused("LATCHKEY_ROOT_SECRET: A secret is at most " + LONGEST_SECRET + " bytes.");
        }
        String keys = has("latchkey.seal.key") ? get("latchkey.seal.key") : "";
        if (!keys.isBlank() && !Stream.of(keys.strip().split("\\s*,\\s*", -1)).allMatch(Settings::seals)) {
            throw new StartRefused(
                    "LATCHKEY_SEAL_KEY: A key is 32 bytes in base64, as of \"openssl rand -base64 32\"; several have commas between.");
        }
    }

    private static boolean seals(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == SEAL_KEY_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /** The values alone, as framework properties. */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        given.forEach((name, each) -> values.put(name, each.value()));
        return values;
    }

    String get(String name) {
        return given.get(name).value();
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    Path path(String name) {
        return Path.of(get(name));
    }
}
