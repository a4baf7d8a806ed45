package org.latchkey.notify.mail;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.latchkey.api.extension.Notice;

/**
 * What a mail says. A template names values, and can ask whether there is one; there are no expressions, no calls of
 * methods, no other files. What a value says is never read as a template.
 */
final class Templates {

    private static final String WHAT_AND_WHO = "{{type}}, by {{actor}}";
    private static final String ALL_FACTS =
            "{{type}}, by {{actor}}, at {{at}}\n\n{{#facts}}\n{{name}}: {{value}}\n{{/facts}}\n";

    private static final int LONGEST = 64 * 1024;
    private static final int MOST_SUBJECT = 200;

    /** Unescaped values in both notations, other delimiters behind which those could hide, and other files. */
    private static final Pattern UNSAFE = Pattern.compile("\\{\\{\\{|\\{\\{\\s*[&=><$]");

    private static final Pattern NOT_IN_A_LINE = Pattern.compile("[\\p{Cntrl}\u2028\u2029]+");

    private static final Mustache.Compiler PLAIN = Mustache.compiler()
            .escapeHTML(false)
            .defaultValue("")
            .emptyStringIsFalse(true)
            .withCollector(new ValuesOnly());

    private static final Mustache.Compiler HTML = PLAIN.escapeHTML(true);

    private final Template subject;
    private final Template text;
    private final Optional<Template> html;

    private Templates(Template subject, Template text, Optional<Template> html) {
        this.subject = subject;
        this.text = text;
        this.html = html;
    }

    /** @throws IllegalArgumentException that says which template is wrong, and where */
    static Templates of(Mail.Config config) {
        String subject = config.subject().isBlank() ? WHAT_AND_WHO : config.subject();
        String text = config.text().isBlank() ? ALL_FACTS : config.text();
        Optional<Template> html = Optional.of(config.html())
                .filter(given -> !given.isBlank())
                .map(given -> compiled("html", given, HTML));
        return new Templates(compiled("subject", subject, PLAIN), compiled("text", text, PLAIN), html);
    }

    private static Template compiled(String setting, String template, Mustache.Compiler compiler) {
        if (template.length() > LONGEST || UNSAFE.matcher(template).find()) {
            throw new IllegalArgumentException(setting
                    + " is too long, or has {{{, {{&, {{= or {{>: a template names values, and none goes unescaped");
        }
        try {
            return compiler.compile(new StringReader(template));
        } catch (MustacheException malformed) {
            throw new IllegalArgumentException(setting + " is no template: " + malformed.getMessage(), malformed);
        }
    }

    /** Looks into maps and lists, and not, as the library would, for methods and fields of whatever there is. */
    private static final class ValuesOnly extends BasicCollector {

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    /** One line without control characters, of 200 characters at most. */
    String subject(Notice notice) {
        String line = NOT_IN_A_LINE
                .matcher(subject.execute(values(notice)))
                .replaceAll(" ")
                .strip();
        return line.length() <= MOST_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, MOST_SUBJECT) - 1)) + "...";
    }

    String text(Notice notice) {
        return text.execute(values(notice));
    }

    /** With every value escaped; empty if mails are text alone. */
    Optional<String> html(Notice notice) {
        return html.map(template -> template.execute(values(notice)));
    }

    /** The facts by their names, and {@code facts} with all of them, sorted; what a notice always has comes first. */
    private static Map<String, Object> values(Notice notice) {
        Map<String, Object> values = new HashMap<>();
        List<Map<String, String>> facts = new ArrayList<>();
        new TreeMap<>(notice.content()).forEach((name, value) -> {
            String shown = Discretion.value(name, value);
            values.put(name, shown);
            facts.add(Map.of("name", name, "value", shown));
        });
        values.putAll(Map.of(
                "id",
                notice.id(),
                "type",
                notice.type(),
                "actor",
                notice.actor(),
                "at",
                notice.at().toString()));
        values.put("facts", facts);
        return values;
    }
}
