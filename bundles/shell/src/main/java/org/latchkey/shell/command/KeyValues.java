package org.latchkey.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.latchkey.api.Refusal;

/**
 * The verb {@code kv} of entities and groups alike: reads a key or, with {@code *}, all of them; sets its
 * values; removes it.
 */
final class KeyValues {

    private final Supplier<Map<String, List<String>>> reader;
    private final BiConsumer<String, List<String>> writer;

    KeyValues(Supplier<Map<String, List<String>>> reader, BiConsumer<String, List<String>> writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Takes the words NAME ACTION KEY VALUE... */
    void run(Arguments arguments, Terminal terminal) throws IOException {
        String key = arguments.word(2);
        List<String> values = arguments.from(3);
        switch (arguments.word(1)) {
            case "READ" -> read(key, arguments, terminal);
            case "UPSERT" -> {
                if (values.isEmpty()) {
                    throw new UsageException("UPSERT needs a value; CLEAREXACT removes a key.");
                }
                writer.accept(key, values);
                terminal.print("set " + key);
            }
            default -> {
                writer.accept(key, List.of());
                terminal.print("removed " + key);
            }
        }
    }

    private void read(String key, Arguments arguments, Terminal terminal) throws IOException {
        Map<String, List<String>> found = matching(key);
        if (arguments.wantsJson()) {
            terminal.json(found);
        } else if (key.equals("*")) {
            found.forEach((each, values) -> values.forEach(value -> terminal.print(each + ": " + value)));
        } else {
            found.get(key).forEach(terminal::print);
        }
    }

    private Map<String, List<String>> matching(String key) {
        Map<String, List<String>> all = reader.get();
        if (key.equals("*")) {
            return all;
        }
        if (!all.containsKey(key)) {
            throw Refusal.notFound("key", key);
        }
        return Map.of(key, all.get(key));
    }
}
