package org.latchkey.runtime;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.felix.utils.properties.ConfigurationHandler;
import org.apache.felix.utils.properties.Properties.PropertiesReader;

/**
 * A typed configuration file, read with the library that the running server reads it with, but strictly: there one
 * value that is not typed silently turns every value of the file into text, quotes and all.
 */
final class TypedFile {

    /** A string or a number stands in one pair of quotes, with nothing behind it. */
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z]?\"(?:\\\\.|[^\"\\\\])*+\"", Pattern.DOTALL);

    private static final Pattern LIST = Pattern.compile("[A-Za-z]?(?:\\[.*\\]|\\(.*\\)|\\{.*\\})", Pattern.DOTALL);

    /**
     * One line of it, or several that belong together.
     *
     * @param line where it begins, from 1
     * @param value of the type that stands before it
     */
    record Entry(int line, String key, Object value) {

        /** The value as text; of a list, each. */
        List<String> texts() {
            if (value instanceof Collection<?> several) {
                return several.stream().map(String::valueOf).toList();
            }
            if (!value.getClass().isArray()) {
                return List.of(String.valueOf(value));
            }
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> String.valueOf(Array.get(value, i)))
                    .toList();
        }
    }

    /**
     * What is wrong with it.
     *
     * @param line from 1
     */
    record Fault(int line, String message) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    private TypedFile() {}

    /** Gives the entries of a file; refused with file and line if one is broken. */
    static List<Entry> read(Path file) {
        TypedFile typed = parse(file);
        if (!typed.faults.isEmpty()) {
            Fault first = typed.faults.get(0);
            throw new StartRefused(file + ":" + first.line() + ": " + first.message());
        }
        return typed.entries;
    }

    /** Reads all that can be read of a file, and remembers the rest as {@link #faults()}. */
    static TypedFile parse(Path file) {
        TypedFile typed = new TypedFile();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                PropertiesReader reader = new PropertiesReader(text, true)) {
            while (reader.nextProperty()) {
                int line = reader.getLineNumber() - reader.getValueLines().size() + 1;
                typed.add(
                        line,
                        reader.getPropertyName(),
                        reader.getPropertyValue().strip());
            }
        } catch (IOException unreadable) {
            typed.faults.add(new Fault(1, "cannot be read: " + unreadable.getMessage()));
        }
        return typed;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    private void add(int line, String key, String text) {
        if (!SIMPLE.matcher(text).matches() && !LIST.matcher(text).matches()) {
            faults.add(new Fault(line, key + " has no typed value; write " + key + "=" + typed(text)));
            return;
        }
        try {
            Object value = ConfigurationHandler.read(text);
            if (value == null) {
                faults.add(new Fault(line, key + " has a value that is not well formed"));
            } else {
                entries.add(new Entry(line, key, value));
            }
        } catch (IOException | RuntimeException malformed) {
            // The library throws what Long.parseLong and its like throw. Its message may show the value, a secret.
            faults.add(new Fault(line, key + " has a value that is not of the type before it"));
        }
    }

    /** How the value was probably meant; a value that may be a secret or is half quoted is not repeated. */
    private static String typed(String text) {
        if (text.matches("-?[0-9]{1,9}")) {
            return "I\"" + text + "\" or L\"" + text + "\"";
        }
        return text.matches("true|false") ? "B\"" + text + "\"" : "\"...\"";
    }
}
