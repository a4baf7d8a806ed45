package org.latchkey.procs.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prints for a person or for a program. */
final class Output {

    /** For whom. */
    enum Form {
        TEXT,
        JSON
    }

    private final PrintStream out;
    private final Form form;

    Output(PrintStream out, Form form) {
        this.out = out;
        this.form = form;
    }

    /** One or the other. */
    void show(JsonNode json, List<List<String>> rows) {
        if (form == Form.JSON) {
            out.println(json.toPrettyString());
        } else {
            aligned(rows).forEach(out::println);
        }
    }

    void line(String text) {
        out.println(plain(text));
    }

    static List<String> row(String... cells) {
        return Stream.of(cells).map(Output::plain).toList();
    }

    /** What was typed by others could steer the terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static List<String> aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(width(rows, column) + 2 - cell.length()));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
