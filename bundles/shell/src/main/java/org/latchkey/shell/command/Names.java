package org.latchkey.shell.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Page;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Operations;

/** What may stand at a place of a command's form, such as {@code ID} or {@code ADD|DROP}. */
final class Names {

    /** So many names of the directory are looked at; whoever has more types another letter. */
    private static final int LOOKED_AT = 200;

    private static final Pattern BEGINNING = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]*|");

    private final CommandList commands;
    private final Optional<Directory> directory;
    private final Optional<Operations> operations;
    private final Optional<Plugins> plugins;
    private final Optional<ExtensionPoints> points;

    Names(
            CommandList commands,
            Optional<Directory> directory,
            Optional<Operations> operations,
            Optional<Plugins> plugins,
            Optional<ExtensionPoints> points) {
        this.commands = commands;
        this.directory = directory;
        this.operations = operations;
        this.plugins = plugins;
        this.points = points;
    }

    /**
     * @param place as in the form, without brackets
     * @param syntax the form
     * @param before the words before, without the command
     * @param beginning what is typed of it
     */
    Stream<String> at(String place, Syntax syntax, List<String> before, String beginning) {
        return switch (place) {
            case "ID" -> entities(beginning);
            case "NAME", "GROUP" -> groups(beginning);
            case "TARGET" -> targets(before, beginning);
            case "CAPABILITY" ->
                inCaseOf(beginning, Stream.of(Capability.values()).map(Capability::name));
            case "COMMAND" -> commands.names().stream();
            case "OPERATION" ->
                Stream.concat(
                        Stream.of(Authentication.OPERATION),
                        operations.stream().flatMap(each -> each.steps().keySet().stream()));
            case "SYMBOLIC-NAME" ->
                plugins.stream()
                        .flatMap(each -> each.list().stream())
                        .map(PluginInfo::symbolicName)
                        .filter(name -> !name.isEmpty());
            case "NOTIFIER" ->
                points.stream()
                        .flatMap(each -> each.of(Notifier.class).list().stream())
                        .map(ExtensionInfo::name);
            case "EXTENSION" ->
                points.stream()
                        .flatMap(each -> each.all().stream())
                        .flatMap(point -> point.list().stream())
                        .filter(extension -> !extension.core())
                        .map(ExtensionInfo::name);
            default -> place.contains("|") ? inCaseOf(beginning, Stream.of(place.split("\\|"))) : Stream.empty();
        };
    }

    /** Words that may be written in either case, in that of the beginning. */
    private static Stream<String> inCaseOf(String beginning, Stream<String> words) {
        boolean lower = !beginning.isEmpty() && beginning.equals(beginning.toLowerCase(Locale.ROOT));
        return words.map(word -> lower ? word.toLowerCase(Locale.ROOT) : word);
    }

    private Stream<String> targets(List<String> before, String beginning) {
        String kind = before.isEmpty() ? "" : before.get(0).toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "ENTITY" -> entities(beginning);
            case "GROUP" -> groups(beginning);
            default -> Stream.concat(entities(beginning), groups(beginning));
        };
    }

    private Stream<String> entities(String beginning) {
        return names(beginning, there -> there.entities(beginning + "*", "", LOOKED_AT), Entity::id);
    }

    private Stream<String> groups(String beginning) {
        return names(beginning, there -> there.groups(beginning + "*", "", LOOKED_AT), Group::name);
    }

    private <T> Stream<String> names(String beginning, Function<Directory, Page<T>> find, Function<T, String> name) {
        if (!BEGINNING.matcher(beginning).matches()) {
            return Stream.empty();
        }
        return directory.stream()
                .flatMap(there -> find.apply(there).items().stream())
                .map(name);
    }
}
