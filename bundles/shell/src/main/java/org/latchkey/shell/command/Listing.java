package org.latchkey.shell.command;

import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final Set<String> known;

    /**
     * @param known the members of an item's JSON form
     * @param row adds an item to a table with that heading
     * @param json an item's JSON form
     */
    Listing(Set<String> known, BiConsumer<Table, T> row, Function<T, Map<String, Object>> json, String... heading) {
        this.known = known;
        this.row = row;
        this.json = json;
        this.heading = heading;
    }

    /** Shows whole items, or the fields that are asked for. */
    void show(Pages<T> pages, Arguments arguments, Terminal terminal) throws IOException {
        Optional<FieldList> fields = FieldList.of(arguments, known);
        Listing<T> wanted = fields.map(this::only).orElse(this);
        if (arguments.wantsJson()) {
            wanted.showJson(pages, terminal);
        } else {
            wanted.showTable(pages, terminal);
        }
    }

    private Listing<T> only(FieldList fields) {
        return new Listing<>(
                known,
                (table, item) -> {
                    Map<String, Object> values = fields.of(json.apply(item));
                    table.row(fields.names().stream()
                            .map(name -> Details.text(values.getOrDefault(name, "")))
                            .toArray());
                },
                item -> fields.of(json.apply(item)),
                fields.names().toArray(String[]::new));
    }

    private void showTable(Pages<T> pages, Terminal terminal) {
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
