package org.latchkey.runtime.procs;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the command reads from and writes to: results to one stream, everything about them to the other. */
record Terminal(BufferedReader in, PrintStream out, PrintStream err) {

    static Terminal of(InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), out, err);
    }

    /** What is typed after a question; nothing at the end of input. */
    Optional<String> ask(String question) throws IOException {
        err.print(question);
        err.flush();
        return Optional.ofNullable(in.readLine());
    }

    /** As {@link #ask}, but a terminal does not show what is typed. */
    Optional<String> askSecretly(String question) throws IOException {
        Console console = System.console();
        if (console == null) {
            return ask(question);
        }
        return Optional.ofNullable(console.readPassword("%s", question)).map(String::new);
    }

    /** Text of a server for the middle of a line: control characters could steer the terminal, so they become blanks. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").stripTrailing();
    }
}
