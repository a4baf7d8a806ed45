package org.latchkey.procs.exec.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Job;

/**
 * Begins the process of a run: a shell with a fixed text, in a session of its own, that begins the program as it is
 * given, waits for it and writes its exit code down. So the end is known even if nobody is there when it comes.
 */
final class Launch {

    static final String SHELL = "/bin/sh";
    static final File NOTHING = new File("/dev/null");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What shells set themselves, so that a program would not get what was declared. */
    private static final Set<String> OF_SHELLS = Set.of(
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_",
            "IFS",
            "PPID",
            "OPTIND",
            "OPTARG",
            "OPTERR",
            "UID",
            "EUID",
            "GROUPS",
            "LINENO",
            "PS1",
            "PS2",
            "PS4",
            "MAIL",
            "RANDOM",
            "SECONDS",
            "DIRSTACK",
            "FUNCNAME",
            "BASH",
            "BASHOPTS",
            "SHELLOPTS",
            "BASHPID",
            "BASH_ENV",
            "ENV",
            "POSIXLY_CORRECT",
            "TERM",
            "HOSTNAME",
            "HOSTTYPE",
            "MACHTYPE",
            "OSTYPE");

    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

    private final Settings settings;
    private final String setsid;
    private final String script;

    /** @throws IllegalStateException if this machine has not what it takes */
    Launch(Settings settings) {
        this.settings = settings;
        this.setsid = program("setsid");
        this.script = script(settings, program("env"));
        if (!Files.isExecutable(Path.of(SHELL))
                || Processes.find(ProcessHandle.current().pid()).isEmpty()) {
            throw new IllegalStateException("procs run as processes only on Linux, with " + SHELL + " and /proc");
        }
    }

    private static String program(String name) {
        return PROGRAMS.stream()
                .map(each -> each.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no program \"" + name + "\" (of util-linux or coreutils) on this machine"))
                .toString();
    }

    /**
     * The exit code goes to a file that is open from the start; what the shell itself has to say of signals goes nowhere. It
     * survives what asks the group to end. The shell's own variables do not reach the program.
     */
    private static String script(Settings settings, String env) {
        // Blocks of ulimit -f have 512 bytes (POSIX.1-2017, ulimit).
        return "exec 8>../exit 9>&2 2>/dev/null\ntrap : HUP INT TERM\nulimit -c 0\n"
                + limit("-v", settings.memoryMiB() * 1024L, "memory")
                + limit("-f", settings.fileMiB() * 2048L, "file")
                + "( exec " + env + " -u PWD -u OLDPWD -u SHLVL -u _ \"$@\" 2>&9 8>&- 9>&- )\necho $? >&8\n";
    }

    private static String limit(String option, long value, String name) {
        return value == 0
                ? ""
                : "ulimit " + option + " " + value + " || { echo 'The " + name
                        + " limit cannot be set.' >&9; echo 126 >&8; exit; }\n";
    }

    /** @throws Refusal if the job is none for this machine */
    void check(Job job) {
        if (job.command().isEmpty()) {
            throw Refusal.invalid("/command", "The proc needs a command: it runs as a process, not in an image.");
        }
        settings.programs().check(job.command().get(0));
        for (String each : job.command()) {
            checkText("/command", each);
        }
        for (Map.Entry<String, String> each : job.environment().entrySet()) {
            if (!NAME.matcher(each.getKey()).matches() || OF_SHELLS.contains(each.getKey())) {
                throw Refusal.invalid(
                        "/env_vars",
                        "A process cannot be given the variable \"" + each.getKey() + "\"; call it otherwise.");
            }
            checkText("/env_vars/" + each.getKey(), each.getValue());
        }
    }

    private static void checkText(String pointer, String text) {
        if (text.indexOf(0) >= 0 || !encoding().newEncoder().canEncode(text)) {
            throw Refusal.invalid(
                    pointer,
                    "It has characters that a process of this server cannot be given (its locale is " + encoding()
                            + ").");
        }
    }

    /** What Java makes the bytes of arguments with. */
    private static Charset encoding() {
        return Runtime.version().feature() < 18
                ? Charset.defaultCharset()
                : Charset.forName(System.getProperty("sun.jnu.encoding"));
    }

    /** @throws IOException if the kernel would not */
    Handle begin(Job job, Folder folder) throws IOException {
        List<String> line = new ArrayList<>(List.of(setsid, SHELL, "-c", script, "latchkey"));
        line.addAll(job.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.work().toFile())
                .redirectErrorStream(true)
                .redirectInput(NOTHING)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.output().toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", settings.path());
        environment.put("HOME", folder.work().toString());
        environment.put("LANG", "C.UTF-8");
        environment.putAll(job.environment());
        long pid = builder.start().pid();
        long started = Processes.find(pid).map(Processes.Entry::started).orElse(0L);
        Handle handle = new Handle(folder.id(), pid, started);
        folder.process(handle);
        return handle;
    }
}
