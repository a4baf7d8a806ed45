package org.latchkey.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.latchkey.api.Kv;
import org.latchkey.api.Refusal;

/** The KV of one entity or group, and what commands do with it. */
final class KeyValues {

    /** What follows the name in NetAuth's verb {@code kv}. */
    static final String FORM = "READ|UPSERT|CLEAREXACT|CLEARFUZZY KEY [VALUE...] [--json]";

    private static final String ALL = "*";

    private final Supplier<Map<String, List<String>>> reader;
    private final Consumer<UnaryOperator<Map<String, List<String>>>> writer;

    KeyValues(Supplier<Map<String, List<String>>> reader, Consumer<UnaryOperator<Map<String, List<String>>>> writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** NetAuth's untyped metadata; takes the words NAME ACTION KEY VALUE... */
    void untyped(Arguments arguments, Terminal terminal) throws IOException {
        String key = arguments.word(2);
        switch (arguments.word(1)) {
            case "READ" -> show(key, Kv.read(reader.get(), key), arguments, terminal);
            case "UPSERT" -> {
                if (arguments.from(3).isEmpty()) {
                    throw new UsageException("UPSERT needs a value; CLEAREXACT removes a key.");
                }
                change(Kv.put(key, arguments.from(3)), "set " + key, terminal);
            }
            case "CLEARFUZZY" -> change(Kv.clearFuzzy(key), "removed " + key + " with every index", terminal);
            default -> change(Kv.clearExact(key), "removed " + key, terminal);
        }
    }

    /** Changes it, and says so. */
    void change(UnaryOperator<Map<String, List<String>>> change, String done, Terminal terminal) {
        writer.accept(change);
        terminal.print(done);
    }

    /** Shows exactly this key, or all. */
    void get(String key, Arguments arguments, Terminal terminal) throws IOException {
        Map<String, List<String>> all = reader.get();
        boolean there = all.containsKey(key);
        show(key, key.equals(ALL) ? all : there ? Map.of(key, all.get(key)) : Map.of(), arguments, terminal);
    }

    /** The key that was asked for with its values alone, others with their names. */
    private static void show(String asked, Map<String, List<String>> found, Arguments arguments, Terminal terminal)
            throws IOException {
        if (found.isEmpty() && !asked.equals(ALL)) {
            throw Refusal.notFound("key", asked);
        }
        if (arguments.wantsJson()) {
            terminal.json(found);
        } else if (found.keySet().equals(Set.of(asked))) {
            found.get(asked).forEach(terminal::print);
        } else {
            found.forEach((key, values) -> values.forEach(value -> terminal.print(key + ": " + value)));
        }
    }
}
