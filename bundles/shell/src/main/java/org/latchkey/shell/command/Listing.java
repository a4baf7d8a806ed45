package org.latchkey.shell.command;

import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.IOException;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.latchkey.api.Page;

/** Shows a list of any length page by page, without holding all of it. */
final class Listing<T> {

    private static final int PAGE = 500;

    /** Gets a page: after that cursor, at most so many. */
    @FunctionalInterface
    interface Pages<T> {
        Page<T> after(String cursor, int limit);
    }

    private final String[] heading;
    private final BiConsumer<Table, T> row;
    private final Function<T, Map<String, Object>> json;

    /**
     * @param row adds an item to a table with that heading
     * @param json an item's JSON form
     */
    Listing(BiConsumer<Table, T> row, Function<T, Map<String, Object>> json, String... heading) {
        this.row = row;
        this.json = json;
        this.heading = heading;
    }

    void show(Pages<T> pages, Arguments arguments, Terminal terminal) throws IOException {
        if (arguments.wantsJson()) {
            showJson(pages, terminal);
            return;
        }
        Page<T> page = pages.after("", PAGE);
        terminal.show(table(page));
        while (page.next().isPresent()) {
            page = pages.after(page.next().get(), PAGE);
            terminal.show(table(page));
        }
    }

    private Table table(Page<T> page) {
        Table table = new Table(heading);
        page.items().forEach(item -> row.accept(table, item));
        return table;
    }

    private void showJson(Pages<T> pages, Terminal terminal) throws IOException {
        try (SequenceWriter array = terminal.jsonArray()) {
            Page<T> page = pages.after("", PAGE);
            array.writeAll(page.items().stream().map(json).toList());
            while (page.next().isPresent()) {
                page = pages.after(page.next().get(), PAGE);
                array.writeAll(page.items().stream().map(json).toList());
            }
        }
        terminal.print("");
    }
}
