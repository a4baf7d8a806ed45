package org.latchkey.shell.command;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** One object, as JSON or as a line for each of its members. */
final class Details {

    private Details() {}

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

    private static String text(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }
}
