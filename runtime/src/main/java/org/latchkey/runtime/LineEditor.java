package org.latchkey.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The lines of somebody at a terminal, who may edit them, get the earlier ones back and have words completed. What was
 * typed is kept in memory only, and lines with a secret not even there. No other class mentions JLine, so that it is
 * loaded for those who sit at a terminal and for nobody else.
 */
final class LineEditor implements ShellLines {

    private static final String PROMPT = "latchkey> ";
    private static final String WITH_SECRET = "*--secret*";

    private final Terminal terminal;
    private final LineReader reader;

    /** @param candidates what the last word of the line so far may become */
    LineEditor(Function<String, List<String>> candidates) throws IOException {
        this.terminal = TerminalBuilder.builder()
                .system(true)
                .provider("exec") // asks stty(1): no native code, which newer Java warns of
                .encoding(StandardCharsets.UTF_8)
                .nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_DFL)
                .build();
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer((where, line, found) -> candidates.apply(soFar(line)).stream()
                        .map(Candidate::new)
                        .forEach(found::add))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.HISTORY_IGNORE, WITH_SECRET)
                .build();
    }

    private static String soFar(ParsedLine line) {
        return line.line().substring(0, line.cursor());
    }

    /** Whoever interrupts a line begins a new one. */
    @Override
    public Optional<byte[]> next() {
        while (true) {
            try {
                return Optional.of(reader.readLine(PROMPT).getBytes(StandardCharsets.UTF_8));
            } catch (UserInterruptException again) {
                continue;
            } catch (EndOfFileException end) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
