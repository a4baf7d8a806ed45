package org.latchkey.procs.log;

import java.util.Optional;
import java.util.Queue;

/**
 * Server-sent events (HTML, 9.2): each line is an event whose id is its number, so that a browser that was cut off goes on
 * where it was; the last one, of type {@code end}, has the status.
 */
public final class ServerSentEvents implements LogForm {

    /** How many characters of lines go into one piece with others; keeps it below 64 KiB in UTF-8. */
    private static final int ENOUGH = 4096;

    @Override
    public String piece(long number, Queue<String> lines) {
        StringBuilder piece = new StringBuilder();
        long next = number;
        do {
            event(piece, next, lines.remove());
            next++;
        } while (!lines.isEmpty() && piece.length() + lines.element().length() < ENOUGH);
        return piece.toString();
    }

    private static void event(StringBuilder piece, long number, String line) {
        piece.append("id: ").append(number).append('\n');
        for (String part : line.split("[\r\n]", -1)) {
            piece.append("data: ").append(part).append('\n');
        }
        piece.append('\n');
    }

    @Override
    public Optional<String> sign() {
        return Optional.of(":\n\n");
    }

    @Override
    public Optional<String> farewell(String status) {
        return Optional.of("event: end\ndata: " + status + "\n\n");
    }
}
