package org.latchkey.runtime.procs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Copies the log of a run as it comes, by server-sent events (HTML, 9.2). After a broken connection it goes on with the next line,
 * so nothing is missing and nothing comes twice. Lines are written as they are, colours included: they are the run's.
 */
final class LogStream {

    /** A pause between two tries. */
    @FunctionalInterface
    interface Pause {

        void millis(long millis) throws InterruptedException;
    }

    private final Api api;
    private final String path;
    private final PrintStream out;
    private final Pause pause;
    private String last = "";
    private boolean ended;

    LogStream(Api api, String id, PrintStream out, Pause pause) {
        this.api = api;
        this.path = Api.path("execution", id, "logs");
        this.out = out;
        this.pause = pause;
    }

    /**
     * Returns when the run has ended.
     *
     * @param tries how often to connect in a row without getting a line
     */
    void copy(int tries) throws InterruptedException {
        int left = tries;
        while (true) {
            String before = last;
            String fault = "the log ended before the run";
            try {
                read();
            } catch (IOException broken) {
                fault = Terminal.plain(String.valueOf(broken.getMessage()));
            }
            if (ended) {
                return;
            }
            left = last.equals(before) ? left - 1 : tries;
            if (left <= 0) {
                throw ClientFailure.unreachable("The log cannot be followed: " + fault + ". The run may go on.");
            }
            pause.millis(1000);
        }
    }

    private void read() throws IOException {
        Map<String, String> headers = last.isEmpty()
                ? Map.of("Accept", "text/event-stream")
                : Map.of("Accept", "text/event-stream", "Last-Event-ID", last);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(api.stream(path, headers), StandardCharsets.UTF_8))) {
            Event event = new Event();
            for (String line = lines.readLine(); line != null && !ended; line = lines.readLine()) {
                if (line.isEmpty()) {
                    dispatch(event);
                    event = new Event();
                } else {
                    event.take(line);
                }
            }
        }
    }

    private void dispatch(Event event) {
        if (event.name.equals("end")) {
            ended = true;
        } else if (event.hasData) {
            out.println(event.data);
            out.flush();
        }
        if (!event.id.isEmpty()) {
            last = event.id;
        }
    }

    /** One of them, as far as it was read. */
    private static final class Event {

        private String name = "";
        private String id = "";
        private final StringBuilder data = new StringBuilder();
        private boolean hasData;

        private void take(String line) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> {
                    data.append(hasData ? "\n" : "").append(value);
                    hasData = true;
                }
                default -> {
                    // comments and what a later version of the format may have
                }
            }
        }
    }
}
