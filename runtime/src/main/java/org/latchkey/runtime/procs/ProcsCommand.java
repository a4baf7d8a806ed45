package org.latchkey.runtime.procs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code bin/latchkey procs VERB}: a client of the procs of a server, on this machine or any other. */
public final class ProcsCommand {

    /** What {@code lib/completion/procs.txt} says too. */
    static final List<String> FORMS = List.of(
            "config SETTING=VALUE... [--yes]",
            "config show",
            "list [--json]",
            "describe PROC [--json]",
            "template PROC FILE",
            "execute PROC [NAME=VALUE...] [--file FILE]",
            "logs ID",
            "status ID [--json]",
            "stop ID",
            "schedule PROC [NAME=VALUE...] --cron CRON --group GROUP --notify EMAILS --tags TAGS [--time-zone ZONE]",
            "schedule list [--json]",
            "schedule describe ID [--json]",
            "schedule remove ID",
            "version");

    private static final String NOTES = """

            Settings: PROCTOR_HOST, EMAIL_ID and ACCESS_TOKEN or LATCHKEY_TOKEN, CONNECTION_TIMEOUT_SECS,
            PROC_EXECUTION_STATUS_POLL_COUNT; the environment counts before the file. Short: -f file, -c cron, -g group,
            -n notify, -T tags. Exit codes: 0; 1 refused; 2 misused; 3 no answer; execute ends with that of the run.""";

    private static final Map<String, String> FILE = Map.of("-f", "--file", "--file", "--file");
    private static final Map<String, String> SCHEDULE = Map.ofEntries(
            Map.entry("-f", "--file"),
            Map.entry("--file", "--file"),
            Map.entry("-c", "--cron"),
            Map.entry("--cron", "--cron"),
            Map.entry("-g", "--group"),
            Map.entry("--group", "--group"),
            Map.entry("-n", "--notify"),
            Map.entry("--notify", "--notify"),
            Map.entry("-T", "--tags"),
            Map.entry("--tags", "--tags"),
            Map.entry("--time-zone", "--time-zone"));
    private static final Set<String> JSON = Set.of("--json");

    private final Map<String, String> environment;
    private final String version;
    private final Terminal terminal;
    private final LogStream.Pause pause;

    ProcsCommand(Map<String, String> environment, String version, Terminal terminal, LogStream.Pause pause) {
        this.environment = environment;
        this.version = version;
        this.terminal = terminal;
        this.pause = pause;
    }

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.of(System.in, System.out, System.err);
        String version = System.getProperty("latchkey.version", "unknown");
        System.exit(new ProcsCommand(System.getenv(), version, terminal, Thread::sleep).run(List.of(arguments)));
    }

    /** Gives the exit code. */
    int run(List<String> words) {
        try {
            String verb = words.isEmpty() ? "" : words.get(0);
            return dispatch(verb, words.isEmpty() ? List.of() : words.subList(1, words.size()));
        } catch (ClientFailure failure) {
            terminal.err().println(failure.getMessage());
            return failure.kind().exitCode();
        } catch (NoSuchFileException missing) {
            terminal.err().println("There is no file " + missing.getFile());
        } catch (IOException broken) {
            terminal.err().println(broken.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return ClientFailure.Kind.REFUSED.exitCode();
    }

    private int dispatch(String verb, List<String> rest) throws IOException, InterruptedException {
        switch (verb) {
            case "config" -> config(rest);
            case "list" -> procs().list(form(plain(rest, 0, "list [--json]")));
            case "describe" -> describe(plain(rest, 1, "describe PROC [--json]"));
            case "template" -> template(plain(rest, 2, "template PROC FILE"));
            case "execute" -> {
                return execute(Words.parse(rest, FILE, Set.of()));
            }
            case "logs" -> runs().logs(id(plain(rest, 1, "logs ID")));
            case "status" -> status(plain(rest, 1, "status ID [--json]"));
            case "stop" -> runs().stop(id(plain(rest, 1, "stop ID")));
            case "schedule" -> schedule(rest);
            case "version" -> terminal.out().println("Latchkey " + version);
            case "help", "--help", "-h" -> terminal.out().println(usage());
            default -> throw ClientFailure.misused(usage());
        }
        return 0;
    }

    static String usage() {
        return "Usage: latchkey procs VERB\n\n  " + String.join("\n  ", FORMS) + "\n" + NOTES;
    }

    /** The rest of a verb that takes so many plain words, and may be asked for JSON. */
    private static Words plain(List<String> rest, int count, String form) {
        Words words = Words.parse(rest, Map.of(), form.contains("[--json]") ? JSON : Set.of());
        words.exactly(count, form);
        return words;
    }

    private static Form form(Words words) {
        return words.has("--json") ? Form.JSON : Form.TEXT;
    }

    private static String id(Words words) {
        return words.atLeast(1, "").get(0);
    }

    private ClientSettings settings() throws IOException {
        return ClientSettings.of(environment, ClientFile.of(environment));
    }

    private ProcVerbs procs() throws IOException {
        return new ProcVerbs(new Api(settings()), terminal);
    }

    private RunVerbs runs() throws IOException {
        ClientSettings settings = settings();
        return new RunVerbs(new Api(settings), settings.polls(), terminal, pause);
    }

    private ScheduleVerbs schedules() throws IOException {
        return new ScheduleVerbs(new Api(settings()), terminal);
    }

    private void config(List<String> rest) throws IOException {
        Words words = Words.parse(rest, Map.of(), Set.of("--yes"));
        List<String> pairs = words.atLeast(1, FORMS.get(0));
        ConfigVerb config = new ConfigVerb(environment, terminal);
        if (pairs.equals(List.of("show"))) {
            config.show();
        } else {
            config.write(pairs, words.has("--yes") ? ConfigVerb.Consent.GIVEN : ConfigVerb.Consent.ASKED);
        }
    }

    private void describe(Words words) throws IOException {
        procs().describe(id(words), form(words));
    }

    private void template(Words words) throws IOException {
        procs().template(id(words), words.atLeast(2, "").get(1));
    }

    private int execute(Words words) throws IOException, InterruptedException {
        List<String> plain = words.atLeast(1, "execute PROC [NAME=VALUE...] [-f FILE]");
        return runs().execute(plain.get(0), arguments(words, plain));
    }

    private ObjectNode arguments(Words words, List<String> plain) throws IOException {
        return Arguments.of(plain.subList(1, plain.size()), words.value("--file"), terminal);
    }

    private void status(Words words) throws IOException {
        runs().status(id(words), form(words));
    }

    /** A proc of the name of a verb is scheduled after {@code --}. */
    private void schedule(List<String> rest) throws IOException {
        String verb = rest.isEmpty() ? "" : rest.get(0);
        List<String> after = rest.isEmpty() ? List.of() : rest.subList(1, rest.size());
        switch (verb) {
            case "list" -> schedules().list(form(plain(after, 0, "schedule list [--json]")));
            case "describe" -> {
                Words words = plain(after, 1, "schedule describe ID [--json]");
                schedules().describe(id(words), form(words));
            }
            case "remove" -> schedules().remove(id(plain(after, 1, "schedule remove ID")));
            default -> {
                Words words = Words.parse(rest, SCHEDULE, Set.of());
                List<String> plain =
                        words.atLeast(1, "schedule PROC [NAME=VALUE...] -c CRON -g GROUP -n EMAILS -T TAGS");
                schedules().create(plain.get(0), words, arguments(words, plain));
            }
        }
    }
}
