package org.latchkey.procs.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.latchkey.api.Refusal;

/**
 * A command of the shell. Its name has a hyphen, so it is called as a function and not by the name of a method, and says how it is
 * written by properties of its service.
 */
final class Verb implements Function {

    private static final Pattern OPTION = Pattern.compile("\\[[^\\]]*]");

    /** Does it. */
    @FunctionalInterface
    interface Action {
        void run(Output out, List<String> words) throws IOException;
    }

    private final String name;
    private final String form;
    private final String description;
    private final Action action;

    /** @param form what follows the name, such as {@code ID [--json]}; the words without brackets must be given */
    Verb(String name, String form, String description, Action action) {
        this.name = name;
        this.form = form;
        this.description = description;
        this.action = action;
    }

    String name() {
        return name;
    }

    String usage() {
        return (name + " " + form).strip();
    }

    String description() {
        return description;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws IOException {
        List<String> words =
                new ArrayList<>(arguments.stream().map(String::valueOf).toList());
        boolean json = words.remove("--json");
        boolean unknown = words.stream().anyMatch(word -> word.startsWith("-"));
        if (unknown || json && !form.contains("--json") || words.size() < least() || words.size() > most()) {
            throw Refusal.of(Refusal.Kind.INVALID, "usage", "Usage: " + usage());
        }
        action.run(new Output(session.getConsole(), json ? Output.Form.JSON : Output.Form.TEXT), words);
        return null;
    }

    private int least() {
        return count(OPTION.matcher(form).replaceAll(" "));
    }

    private int most() {
        return count(form.replace("[--json]", " "));
    }

    private static int count(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
