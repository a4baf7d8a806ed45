package org.latchkey.runtime.procs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text, aligned to columns. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(Terminal::plain).toList());
        return this;
    }

    /** A name and its value, unless there is none. */
    Table fact(String name, String value) {
        return value.isEmpty() ? this : row(name, value);
    }

    void print(PrintStream out) {
        rows.forEach(row -> out.println(line(row)));
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            boolean last = column == row.size() - 1;
            line.append(last ? row.get(column) : padded(row.get(column), width(column)));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                        .filter(row -> row.size() > column + 1)
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0)
                + 2;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
