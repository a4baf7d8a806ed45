package org.latchkey.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows in aligned columns under a heading. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heading) {
        rows.add(List.of(heading));
    }

    /** Adds a row with as many cells as the heading has. */
    Table row(Object... cells) {
        rows.add(Stream.of(cells)
                .map(cell -> Printable.text(String.valueOf(cell)))
                .toList());
        return this;
    }

    Stream<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
