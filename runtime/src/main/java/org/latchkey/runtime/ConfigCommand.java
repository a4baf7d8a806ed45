package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code bin/latchkey config}: looks at the configuration and changes nothing, whether the server runs or not. It
 * takes the same flags as {@code run}, and shows or checks what {@code run} would do with them.
 */
public final class ConfigCommand {

    private static final String USAGE = """
            Usage: latchkey config show [--origin] [--json] [--SETTING=VALUE ...]
                   latchkey config check [--SETTING=VALUE ...]
                   latchkey config defaults [--out=DIRECTORY]
                   latchkey config reference""";

    private static final int FINE = 0;
    private static final int FAULTY = 1;
    private static final int MISUSED = 2;
    private static final String OUT = "--out=";

    private final Path home;
    private final Map<String, String> environment;

    private ConfigCommand(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("latchkey.home", "."))
                .toAbsolutePath()
                .normalize();
        System.exit(new ConfigCommand(home, System.getenv()).run(List.of(arguments)));
    }

    private int run(List<String> words) {
        try {
            String verb = words.isEmpty() ? "" : words.get(0);
            List<String> rest = words.stream().skip(1).toList();
            return switch (verb) {
                case "show" -> show(rest);
                case "check" -> check(rest);
                case "defaults" -> defaults(rest);
                case "reference" -> reference(rest);
                default -> misused();
            };
        } catch (StartRefused refused) {
            System.err.println("latchkey: " + refused.getMessage());
            return FAULTY;
        } catch (IOException broken) {
            System.err.println("latchkey: " + broken);
            return FAULTY;
        }
    }

    private static int misused() {
        System.err.println(USAGE);
        return MISUSED;
    }

    private int show(List<String> words) throws IOException {
        List<String> flags = words.stream()
                .filter(word -> !word.equals("--origin") && !word.equals("--json"))
                .toList();
        Settings settings = Settings.read(flags, environment, home);
        ConfigShow show = new ConfigShow(settings, environment, metatype(settings));
        if (words.contains("--json")) {
            show.printJson(System.out);
        } else if (words.contains("--origin")) {
            show.printWithOrigin(System.out);
        } else {
            show.print(System.out);
        }
        return FINE;
    }

    private int check(List<String> flags) {
        Settings settings = Settings.withoutFile(flags, environment, home);
        ConfigCheck check = new ConfigCheck(environment, metatype(settings));
        check.checkSettings(flags, home);
        List<EtcFile> files = EtcFile.in(settings.path("latchkey.etc"));
        files.stream().filter(file -> !file.isOfTheLauncher()).forEach(check::check);
        check.errors().forEach(error -> System.out.println("error: " + error));
        check.warnings().forEach(warning -> System.out.println("warning: " + warning));
        System.out.println(files.size() + " files, " + check.errors().size() + " errors, "
                + check.warnings().size() + " warnings");
        return check.errors().isEmpty() ? FINE : FAULTY;
    }

    private int defaults(List<String> words) throws IOException {
        ConfigDefaults defaults = new ConfigDefaults(metatype(Settings.withoutFile(List.of(), environment, home)));
        if (words.isEmpty()) {
            defaults.print(System.out);
            return FINE;
        }
        if (words.size() != 1 || !words.get(0).startsWith(OUT)) {
            return misused();
        }
        Path directory = Path.of(words.get(0).substring(OUT.length())).toAbsolutePath();
        defaults.write(directory).forEach(System.out::println);
        return FINE;
    }

    /** Of what ships alone, so that it is the same everywhere. */
    private int reference(List<String> words) {
        if (!words.isEmpty()) {
            return misused();
        }
        Metatype shipped = Metatype.of(home.resolve("system"), home.resolve("plugins"));
        new ConfigReference(shipped).print(System.out);
        return FINE;
    }

    /** Of what runs, of what could, and of what was deployed. */
    private Metatype metatype(Settings settings) {
        return Metatype.of(home.resolve("system"), home.resolve("plugins"), settings.path("latchkey.deploy"));
    }
}
