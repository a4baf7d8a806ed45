package org.latchkey.shell.command;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** One object, as JSON or as a line for each of its members. */
final class Details {

    private Details() {}

    /** Of an object that {@code --fields} may be asked of. */
    static void showFields(Map<String, Object> json, Arguments arguments, Terminal terminal) throws IOException {
        show(
                FieldList.of(arguments, json.keySet())
                        .map(fields -> fields.of(json))
                        .orElse(json),
                arguments,
                terminal);
    }

    static void show(Map<String, Object> json, Arguments arguments, Terminal terminal) throws IOException {
        if (arguments.wantsJson()) {
            terminal.json(json);
        } else {
            print("", json, terminal);
        }
    }

    private static void print(String prefix, Map<?, ?> members, Terminal terminal) {
        members.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                print(prefix + name + ".", inner, terminal);
            } else {
                terminal.print(prefix + name + ": " + text(value));
            }
        });
    }

    /** A value in one line. */
    static String text(Object value) {
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> member.getKey() + "=" + text(member.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }
}
