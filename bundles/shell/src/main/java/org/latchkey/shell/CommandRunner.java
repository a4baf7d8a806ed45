package org.latchkey.shell;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.latchkey.api.Refusal;
import org.latchkey.shell.command.NegativeAnswer;
import org.latchkey.shell.command.Terminal;
import org.latchkey.shell.command.UsageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Calls one command of the scope {@code latchkey}. Gogo keeps the commands and calls them, but it is given
 * the words ready-made and never a line to evaluate: its variables, closures and other scopes stay out of
 * reach, and so do those who listen to its command lines.
 */
final class CommandRunner {

    private static final Logger log = LoggerFactory.getLogger(CommandRunner.class);

    /** Asked at every press of a key, and of no interest to anybody later. */
    private static final String COMPLETE = "complete";

    private static final Set<String> ALWAYS_KNOWN = Set.of(
            "audit",
            "auth",
            "capability",
            "complete",
            "disable",
            "enable",
            "entity",
            "explain",
            "group",
            "help",
            "hooks",
            "install",
            "kv2",
            "plugins",
            "quarantine",
            "release",
            "remove",
            "rollback",
            "status",
            "system",
            "why");

    private final CommandProcessor processor;

    CommandRunner(CommandProcessor processor) {
        this.processor = processor;
    }

    /** The exit code: 0 if the command did what it was asked to, else 1 with the reason on the screen. */
    int run(CommandLine line, InputStream keyboard, Screen screen, Path directory) {
        if (line.name().isEmpty()) {
            return 0;
        }
        CommandSession session = processor.createSession(keyboard, screen.out, screen.err);
        try {
            session.currentDir(directory);
            Optional<Function> command = find(session, line.name());
            if (command.isEmpty()) {
                screen.error(missing(line.name()));
                return 1;
            }
            return call(command.get(), line, session, screen);
        } finally {
            session.close();
        }
    }

    private static Optional<Function> find(CommandSession session, String name) {
        return session.get("latchkey:" + name) instanceof Function command ? Optional.of(command) : Optional.empty();
    }

    private static String missing(String name) {
        return ALWAYS_KNOWN.contains(name)
                ? "\"" + name + "\" is not available: a part of the server that it needs is not running."
                : "There is no command \"" + name + "\"; \"help\" lists them.";
    }

    /** Catches everything that is no Error: a command may belong to any bundle, and must not end the shell. */
    private static int call(Function command, CommandLine line, CommandSession session, Screen screen) {
        String request = UUID.randomUUID().toString();
        session.put(Terminal.REQUEST, request);
        log.atLevel(line.name().equals(COMPLETE) ? Level.DEBUG : Level.INFO)
                .addKeyValue("command", line.name())
                .addKeyValue("request", request)
                .log("shell");
        try {
            command.execute(session, new ArrayList<>(line.words()));
            return 0;
        } catch (NegativeAnswer no) {
            return 1;
        } catch (Refusal | UsageException answer) {
            screen.error(answer.getMessage());
        } catch (Exception fault) {
            log.atError().addKeyValue("request", request).setCause(fault).log("a shell command failed");
            screen.error("The command failed. The log has the reason under request " + request + ".");
        }
        return 1;
    }
}
