package org.latchkey.shell.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/** Calls commands through Gogo, as they are called in the server. */
final class Console {

    private final CommandProcessorImpl processor = new CommandProcessorImpl();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private String typed = "";
    private Path directory = Path.of("/");

    /** Registers these functions of a command. */
    Console with(Object command, String... functions) {
        for (String function : functions) {
            processor.addCommand("latchkey", command, function);
        }
        return this;
    }

    /** What is typed when the next command asks. */
    Console typing(String line) {
        typed = line + "\n";
        return this;
    }

    Console in(Path there) {
        directory = there;
        return this;
    }

    /** Runs a command and gives what it shows; throws what it throws. */
    String run(String... words) throws Exception {
        out.reset();
        ByteArrayInputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        CommandSession session = processor.createSession(in, out, out);
        try {
            session.currentDir(directory);
            session.put(Terminal.REQUEST, "request-1");
            Function command = (Function) session.get("latchkey:" + words[0]);
            command.execute(session, new ArrayList<>(List.of(words).subList(1, words.length)));
            return shown();
        } finally {
            session.close();
        }
    }

    /** What the last command showed, also if it threw something. */
    String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
