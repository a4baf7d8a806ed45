package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one source says about the settings, by framework property. Of several layers the later one counts. */
final class Layer {

    private static final String VARIABLE = "LATCHKEY_";
    private static final String FILE = "_FILE";

    private final Path home;
    private final Map<String, Given> given = new TreeMap<>();

    private Layer(Path home) {
        this.home = home;
    }

    static Map<String, Given> defaults(Path home) {
        Layer layer = new Layer(home);
        Setting.ALL.stream()
                .filter(setting -> setting.kind() != Setting.Kind.SCRIPT
                        && !setting.fallback().isEmpty())
                .forEach(setting -> layer.put(setting.property(), setting.fallback(), Given.DEFAULT));
        return layer.given;
    }

    /**
     * {@code LATCHKEY_X_Y} says {@code latchkey.x.y}; so does the content of the file that {@code LATCHKEY_X_Y_FILE}
     * names, without its last line break. An empty variable counts as absent. Refused if a file cannot be read, or if
     * both are set. A variable of a name unknown here is taken all the same: a plugin may know it.
     */
    static Map<String, Given> environment(Map<String, String> environment, Path home) {
        Layer layer = new Layer(home);
        environment.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE) && !value.isEmpty()) {
                layer.variable(variable, value, environment);
            }
        });
        return layer.given;
    }

    private void variable(String variable, String value, Map<String, String> environment) {
        String base = without(FILE, variable);
        String property = base.toLowerCase(Locale.ROOT).replace('_', '.');
        if (base.equals(variable)) {
            put(property, value, "environment " + variable);
            return;
        }
        if (!environment.getOrDefault(base, "").isEmpty()) {
            throw both(base);
        }
        put(property, content(variable, value), "file " + value + " (" + variable + ")");
    }

    /**
     * What one variable says, whatever its name, or the content of the file that its name with {@code _FILE} gives; nothing
     * if it is absent or empty. Refused as in {@link #environment}.
     */
    static Optional<Given> said(String variable, Map<String, String> environment, Path home) {
        String value = environment.getOrDefault(variable, "");
        String file = environment.getOrDefault(variable + FILE, "");
        if (!value.isEmpty() && !file.isEmpty()) {
            throw both(variable);
        }
        if (!value.isEmpty()) {
            return Optional.of(new Given(value, "environment " + variable));
        }
        return Optional.of(file).filter(name -> !name.isEmpty()).map(name -> {
            String content = new Layer(home).content(variable + FILE, name);
            return new Given(content, "file " + name + " (" + variable + FILE + ")");
        });
    }

    private static StartRefused both(String variable) {
        return new StartRefused(variable + " and " + variable + FILE + " are both set; set one of them");
    }

    /** {@code --x-y=V} says {@code latchkey.x.y}, {@code --x-y-file=F} the content of a file; all else is refused. */
    static Map<String, Given> flags(List<String> flags, Path home) {
        Layer layer = new Layer(home);
        flags.forEach(layer::flag);
        return layer.given;
    }

    private void flag(String word) {
        int end = word.indexOf('=');
        String flag = end < 0 ? word : word.substring(0, end);
        String base = without("-file", flag);
        Setting setting = setting(flag, base);
        if (end < 0 || end == word.length() - 1) {
            throw new StartRefused(flag + " needs a value: " + flag + "=VALUE");
        }
        String value = word.substring(end + 1);
        boolean isFile = !base.equals(flag);
        if (setting.kind() == Setting.Kind.SECRET && !isFile) {
            throw new StartRefused(flag + ": everybody on this machine can read a command line;" + " use " + flag
                    + "-file=FILE or " + setting.variable() + "_FILE");
        }
        if (given.containsKey(setting.property())) {
            throw new StartRefused(setting.flag() + " is given twice");
        }
        if (isFile) {
            put(setting.property(), content(flag, value), "file " + value + " (flag " + flag + ")");
        } else {
            put(setting.property(), value, "flag " + flag);
        }
    }

    private static Setting setting(String flag, String base) {
        Setting setting = Setting.ALL.stream()
                .filter(each -> each.flag().equals(base))
                .findFirst()
                .orElseThrow(() -> new StartRefused(flag + " is no flag"
                        + Likeness.hint(Likeness.nearest(
                                base, Setting.ALL.stream().map(Setting::flag).toList()))));
        if (setting.kind() == Setting.Kind.SCRIPT) {
            throw new StartRefused(flag + " is no flag; set " + setting.variable() + " in the environment");
        }
        return setting;
    }

    /** The typed file {@code latchkey.config} of this directory; it need not be there. Empty text counts as absent. */
    static Map<String, Given> file(Path etc, Path home) {
        Layer layer = new Layer(home);
        Path file = etc.resolve("latchkey.config");
        if (Files.exists(file)) {
            TypedFile.read(file).forEach(entry -> layer.entry(file, entry));
        }
        return layer.given;
    }

    private void entry(Path file, TypedFile.Entry entry) {
        String place = file + ":" + entry.line();
        Setting setting = Setting.find(entry.key())
                .filter(known ->
                        known.kind() != Setting.Kind.SCRIPT && !known.name().equals("etc"))
                .orElseThrow(() -> new StartRefused(place + ": " + entry.key() + " is no setting here"
                        + Likeness.hint(Setting.nearest(entry.key()))));
        if (entry.texts().size() != 1) {
            throw new StartRefused(place + ": " + entry.key() + " has one value, not a list");
        }
        if (!entry.texts().get(0).isEmpty()) {
            put(setting.property(), entry.texts().get(0), place);
        }
    }

    private void put(String property, String value, String origin) {
        boolean isPath = Setting.ofProperty(property)
                .filter(setting -> setting.kind() == Setting.Kind.PATH)
                .isPresent();
        given.put(property, new Given(isPath ? home.resolve(value).normalize().toString() : value, origin));
    }

    private String content(String name, String file) {
        try {
            return Files.readString(home.resolve(file)).replaceFirst("\\R\\z", "");
        } catch (IOException unreadable) {
            throw new StartRefused(name + ": the file " + file + " cannot be read", unreadable);
        }
    }

    private static String without(String ending, String word) {
        return word.endsWith(ending) ? word.substring(0, word.length() - ending.length()) : word;
    }
}
