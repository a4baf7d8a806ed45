package org.latchkey.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code config show}: every setting in force, with where it comes from, and without any secret. */
final class ConfigShow {

    /** @param value as it may be shown; empty if it is not set */
    record Line(String name, String value, String origin) {}

    private final Settings settings;
    private final Map<String, String> environment;
    private final Metatype metatype;

    ConfigShow(Settings settings, Map<String, String> environment, Metatype metatype) {
        this.settings = settings;
        this.environment = environment;
        this.metatype = metatype;
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        Setting.sorted().forEach(setting -> lines.add(line(setting)));
        settings.given().entrySet().stream()
                .filter(each -> Setting.ofProperty(each.getKey()).isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> lines.add(line(each.getKey(), each.getValue())));
        Proctor proctor = Proctor.read(environment, settings);
        new TreeMap<>(proctor.given()).forEach((name, each) -> lines.add(lineOfProctor(name, each)));
        EtcFile.in(settings.path("latchkey.etc")).stream()
                .filter(file -> !file.isOfTheLauncher())
                .forEach(file -> add(file, proctor.given().keySet(), lines));
        return lines;
    }

    private static Line lineOfProctor(String name, Given given) {
        return Proctor.isSecret(name) ? new Line(name, Discreet.HIDDEN, given.origin()) : line(name, given);
    }

    private Line line(Setting setting) {
        Given given = settings.given().getOrDefault(setting.property(), new Given(setting.fallback(), Given.DEFAULT));
        if (setting.kind() == Setting.Kind.SCRIPT && environment.containsKey(setting.variable())) {
            given = new Given(environment.get(setting.variable()), "environment " + setting.variable());
        }
        boolean hidden = setting.kind() == Setting.Kind.SECRET && !given.value().isEmpty();
        return hidden ? new Line(setting.property(), Discreet.HIDDEN, given.origin()) : line(setting.property(), given);
    }

    private static Line line(String name, Given given) {
        return new Line(name, Discreet.shown(name, given.value()), given.origin());
    }

    /** @param overruled what the environment gives, instance and all */
    private void add(EtcFile file, Set<String> overruled, List<Line> lines) {
        Optional<Metatype.Definition> definition = metatype.find(file.pid());
        for (TypedFile.Entry entry : TypedFile.read(file.path())) {
            if (overruled.contains(file.instance() + "/" + entry.key())) {
                continue;
            }
            boolean hidden = definition
                    .flatMap(known -> known.attribute(entry.key()))
                    .filter(Metatype.Attribute::isSecret)
                    .isPresent();
            String text = String.join(", ", entry.texts());
            String value = hidden && !text.isEmpty() ? Discreet.HIDDEN : Discreet.shown(entry.key(), text);
            lines.add(new Line(file.name() + "/" + entry.key(), value, file.path() + ":" + entry.line()));
        }
    }

    void print(PrintStream out) {
        lines().forEach(line -> out.println(text(line)));
    }

    void printWithOrigin(PrintStream out) {
        lines().forEach(line -> out.println(text(line) + "  # " + line.origin()));
    }

    private static String text(Line line) {
        return line.name() + " = " + (line.value().isEmpty() ? "(not set)" : line.value());
    }

    /** Always with the origin. */
    void printJson(PrintStream out) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (Line line : lines()) {
                json.writeStartObject();
                json.writeStringField("name", line.name());
                json.writeStringField("value", line.value());
                json.writeStringField("origin", line.origin());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println();
    }
}
