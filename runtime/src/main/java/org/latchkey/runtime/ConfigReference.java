package org.latchkey.runtime;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * {@code config reference}: every setting there is, as a page of the documentation, made of what the bundles themselves say of
 * their settings (OSGi Compendium 105).
 */
final class ConfigReference {

    private static final String HEAD = """
            # Every setting

            Made by `bin/latchkey config reference` of what the bundles say of their settings; a test compares the two. How files are
            written, and which of flag, environment and file counts, is told in [the README](../README.md).
            """;

    private final Metatype metatype;

    ConfigReference(Metatype metatype) {
        this.metatype = metatype;
    }

    void print(PrintStream out) {
        out.print(page());
    }

    /** The page, in Markdown. */
    String page() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\n## The launcher\n\n`etc/latchkey.config`, read at the start.\n\n");
        table(page, Setting.ALL.stream().map(ConfigReference::row).toList(), "setting | variable");
        page.append(
                "\n## Proctor's variables\n\nThey count before the files they give settings of; each also as `X_FILE`.\n\n");
        page.append("| variable | setting | means |\n| --- | --- | --- |\n");
        ProctorVariable.ALL.forEach(each -> page.append(row(each)).append('\n'));
        metatype.definitions().stream()
                .filter(each -> each.pid().startsWith("latchkey"))
                .forEach(each -> section(page, each));
        return page.toString();
    }

    private static void table(StringBuilder page, List<String> rows, String first) {
        if (rows.isEmpty()) {
            return;
        }
        page.append("| ").append(first).append(" | default | means |\n| ");
        page.append("--- | ".repeat(first.split("\\|").length)).append("--- | --- |\n");
        rows.forEach(row -> page.append(row).append('\n'));
    }

    private static String row(Setting setting) {
        return "| `" + setting.name() + "` | `" + setting.variable() + "` | " + code(setting.fallback()) + " | "
                + text(setting.meaning()) + " |";
    }

    private static String row(ProctorVariable variable) {
        return "| `" + variable.name() + "` | " + code(variable.target()) + " | " + text(variable.meaning()) + " |";
    }

    private static void section(StringBuilder page, Metatype.Definition definition) {
        String file = definition.pid() + (definition.factory() ? "-NAME" : "") + ".config";
        page.append("\n## ")
                .append(definition.pid())
                .append("\n\n`etc/")
                .append(file)
                .append("`: ")
                .append(text(definition.description().isEmpty() ? definition.name() : definition.description()))
                .append("\n\n");
        table(page, definition.attributes().stream().map(ConfigReference::row).toList(), "setting | type");
    }

    private static String row(Metatype.Attribute attribute) {
        String type = attribute.type().toLowerCase(Locale.ROOT) + (attribute.list() ? ", list" : "");
        String means = attribute.description().isEmpty() ? attribute.name() : attribute.description();
        return "| `" + attribute.key() + "` | " + type + " | " + code(attribute.fallback()) + " | "
                + text(means + ConfigDefaults.limits(attribute)) + " |";
    }

    private static String code(String value) {
        return value.isEmpty() ? "" : "`" + text(value).replace("`", "'") + "`";
    }

    /** On one line of a table. */
    private static String text(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).replace("|", "\\|");
    }
}
