package org.latchkey.procs.log;

import java.util.Optional;
import java.util.Queue;

/** One line in each message of a WebSocket, as Proctor's clients read them; the reason of its close is the status. */
public final class Messages implements LogForm {

    @Override
    public String piece(long number, Queue<String> lines) {
        return lines.remove();
    }

    @Override
    public Optional<String> sign() {
        return Optional.empty();
    }

    @Override
    public Optional<String> farewell(String status) {
        return Optional.empty();
    }
}
