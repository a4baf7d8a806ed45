package org.latchkey.shell.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.latchkey.api.service.DirectoryWriter;

/** The verb {@code key} of entities: shows public keys, adds one, drops one. */
final class PublicKeys {

    private final Supplier<Map<String, List<String>>> reader;
    private final DirectoryWriter writer;
    private final String id;

    PublicKeys(Supplier<Map<String, List<String>>> reader, DirectoryWriter writer, String id) {
        this.reader = reader;
        this.writer = writer;
        this.id = id;
    }

    /** Takes the words ACTION ID TYPE KEY. */
    void run(Arguments arguments, Terminal terminal) throws IOException {
        switch (arguments.word(0)) {
            case "READ" -> read(arguments, terminal);
            case "ADD" -> {
                writer.addKey(terminal.caller(), id, type(arguments), key(arguments));
                terminal.print("added a key of type " + type(arguments) + " to " + id);
            }
            default -> {
                writer.removeKey(terminal.caller(), id, type(arguments), key(arguments));
                terminal.print("dropped a key of type " + type(arguments) + " from " + id);
            }
        }
    }

    /** Keys of one type alone, others with their types. */
    private void read(Arguments arguments, Terminal terminal) throws IOException {
        Optional<String> wanted = arguments.maybe(2);
        Map<String, List<String>> keys = new LinkedHashMap<>(reader.get());
        wanted.ifPresent(only -> keys.keySet().removeIf(type -> !type.equals(only)));
        if (arguments.wantsJson()) {
            terminal.json(keys);
        } else {
            keys.forEach((type, ofType) ->
                    ofType.forEach(key -> terminal.print(wanted.isPresent() ? key : type + ": " + key)));
        }
    }

    private static String type(Arguments arguments) {
        return arguments.maybe(2).orElseThrow(PublicKeys::missing);
    }

    private static String key(Arguments arguments) {
        return arguments.maybe(3).orElseThrow(PublicKeys::missing);
    }

    private static UsageException missing() {
        return new UsageException("A type and a key are needed, such as SSH 'ssh-ed25519 AAAA...'.");
    }
}
