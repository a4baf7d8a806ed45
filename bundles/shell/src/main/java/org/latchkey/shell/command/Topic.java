package org.latchkey.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;

/** A command made of verbs. */
final class Topic {

    private final String name;
    private final List<Verb> verbs;

    Topic(String name, Verb... verbs) {
        this.name = name;
        this.verbs = List.of(verbs);
    }

    void run(CommandSession session, String[] words) throws IOException {
        String asked = words.length == 0 ? "" : words[0].toLowerCase(Locale.ROOT);
        Verb verb = verbs.stream()
                .filter(each -> each.name().equals(asked))
                .findFirst()
                .orElseThrow(() -> unknown(asked));
        List<String> rest = List.of(words).subList(1, words.length);
        verb.action().run(syntax(verb).parse(rest), new Terminal(session));
    }

    Stream<String> usage() {
        return verbs.stream().map(verb -> syntax(verb).usage());
    }

    private Syntax syntax(Verb verb) {
        return new Syntax(name + " " + verb.name(), verb.form());
    }

    private UsageException unknown(String asked) {
        String what = asked.isEmpty() ? "What about it?" : "\"" + asked + "\" is not something it can do.";
        return new UsageException(what + "\nUsage: " + String.join("\n       ", usage().toList()));
    }
}
