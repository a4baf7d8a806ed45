package org.latchkey.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code config defaults}: a file for each PID with every key it knows, its default and what it is for. Every key is a
 * comment, so a file changes nothing until somebody takes one off.
 */
final class ConfigDefaults {

    /** Set up by the features; some of its parts take even an empty file for the wish to run once more. */
    private static final String PLATFORM = "org.apache.felix.";

    private static final Map<String, String> TYPES = Map.of(
            "Integer",
            "I",
            "Long",
            "L",
            "Boolean",
            "B",
            "Double",
            "D",
            "Float",
            "F",
            "Short",
            "X",
            "Byte",
            "X",
            "Character",
            "C");

    private final Metatype metatype;

    ConfigDefaults(Metatype metatype) {
        this.metatype = metatype;
    }

    /** The content of each file, by name. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(EtcFile.LAUNCHER + ".config", launcher());
        metatype.definitions().stream()
                .filter(each -> !each.pid().startsWith(PLATFORM))
                .forEach(each -> files.put(file(each), content(each)));
        return files;
    }

    void print(PrintStream out) {
        files().forEach((name, content) -> out.println("### etc/" + name + "\n\n" + content));
    }

    /** Writes those that are not there yet; gives a line for each file. */
    List<String> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        return files().entrySet().stream()
                .map(each -> write(directory.resolve(each.getKey()), each.getValue()))
                .toList();
    }

    private static String write(Path file, String content) {
        if (Files.exists(file)) {
            return file + " is there already";
        }
        try {
            Files.writeString(file, content);
        } catch (IOException impossible) {
            throw new StartRefused(file + " cannot be written: " + impossible.getMessage(), impossible);
        }
        return file + " written";
    }

    private static String launcher() {
        StringBuilder text = new StringBuilder("""
                # Settings of the server, read once at its start. A flag or an environment variable counts before this file.
                # Relative paths begin at the folder that holds bin/.
                """);
        Setting.ALL.stream()
                .filter(setting ->
                        setting.kind() != Setting.Kind.SCRIPT && !setting.name().equals("etc"))
                .forEach(setting -> text.append("\n# ")
                        .append(setting.meaning())
                        .append(" (")
                        .append(setting.variable())
                        .append(")\n#")
                        .append(setting.name())
                        .append("=\"")
                        .append(setting.fallback())
                        .append("\"\n"));
        return text.toString();
    }

    private static String file(Metatype.Definition definition) {
        return definition.pid() + (definition.factory() ? "-instance" : "") + ".config";
    }

    private static String content(Metatype.Definition definition) {
        StringBuilder text = new StringBuilder("# " + definition.name() + ": " + definition.description() + "\n"
                + "# Read as soon as it changes. Types count: text \"x\", whole numbers I\"1\" or L\"1\", B\"true\","
                + " lists [\"x\", \"y\"].\n");
        definition.attributes().forEach(each -> text.append('\n').append(attribute(each)));
        return text.toString();
    }

    private static String attribute(Metatype.Attribute attribute) {
        return "# " + (attribute.description().isEmpty() ? attribute.name() : attribute.description())
                + limits(attribute) + "\n#" + attribute.key() + "=" + value(attribute) + "\n";
    }

    static String limits(Metatype.Attribute attribute) {
        String limits = "";
        if (!attribute.min().isEmpty()) {
            limits += " At least " + attribute.min() + ".";
        }
        if (!attribute.max().isEmpty()) {
            limits += " At most " + attribute.max() + ".";
        }
        if (!attribute.options().isEmpty()) {
            limits += " One of: " + String.join(", ", attribute.options()) + ".";
        }
        return limits;
    }

    private static String value(Metatype.Attribute attribute) {
        String type = TYPES.getOrDefault(attribute.type(), "");
        if (!attribute.list()) {
            return type + quoted(attribute.fallback());
        }
        List<String> values = attribute.fallback().isEmpty()
                ? List.of()
                : List.of(attribute.fallback().split(","));
        return type + values.stream().map(ConfigDefaults::quoted).toList();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
