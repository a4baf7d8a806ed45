package org.latchkey.runtime.procs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The arguments of a run: those of a file, and over them what was typed. */
final class Arguments {

    private Arguments() {}

    /**
     * @param pairs {@code NAME=VALUE}, where the value may hold more of {@code =}; a word without any is skipped with a
     *     warning, as Proctor does, since the server refuses a run that lacks what it needs anyway
     */
    static ObjectNode of(List<String> pairs, Optional<String> file, Terminal terminal) throws IOException {
        Map<String, String> arguments = new TreeMap<>();
        if (file.isPresent()) {
            arguments.putAll(FlatYaml.read(Files.readString(Path.of(file.get())), file.get()));
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                arguments.put(pair.substring(0, equals), pair.substring(equals + 1));
            } else {
                terminal.err().println("Skipped " + Terminal.plain(pair) + ": an argument has the form NAME=VALUE.");
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        arguments.forEach(json::put);
        return json;
    }
}
