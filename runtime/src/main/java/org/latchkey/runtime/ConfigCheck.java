package org.latchkey.runtime;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code config check}: looks for mistakes in the settings and in the files of {@code etc/}. An error is what the
 * server would refuse or read otherwise than it is meant; a name nobody knows is a warning, for a plugin that is not
 * there yet may know it.
 */
final class ConfigCheck {

    /** What any configuration may say: instructions to the server about the extension, and OSGi's own. */
    private static final Set<String> ANYWHERE = Set.of("policy", "service.ranking", "service.description");

    private static final Set<String> WHOLE = Set.of("Integer", "Long", "Short", "Byte");
    private static final Set<String> NUMBERS = Set.of("Double", "Float");

    private final Map<String, String> environment;
    private final Metatype metatype;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    ConfigCheck(Map<String, String> environment, Metatype metatype) {
        this.environment = environment;
        this.metatype = metatype;
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Looks at the settings as the start of a server would. */
    void checkSettings(List<String> flags, Path home) {
        try {
            Settings settings = Settings.read(flags, environment, home);
            settings.refuseUnusable();
            Listeners listeners = Listeners.of(settings);
            listeners.warning().ifPresent(warnings::add);
            LaunchProperties.of(new Features(List.of(), List.of()), settings, listeners, "");
            warnings.addAll(Proctor.read(environment, settings).warnings());
        } catch (StartRefused refused) {
            errors.add(refused.getMessage());
        }
        Set<String> known = new HashSet<>();
        Setting.ALL.forEach(setting -> known.addAll(List.of(setting.variable(), setting.variable() + "_FILE")));
        warnUnknown(known, name -> name.startsWith("LATCHKEY_"), "is not known");
        Set<String> proctors = new HashSet<>();
        ProctorVariable.ALL.forEach(each -> proctors.addAll(List.of(each.name(), each.name() + "_FILE")));
        warnUnknown(proctors, ProctorVariable::isLike, "has no effect here");
    }

    private void warnUnknown(Set<String> known, Predicate<String> ours, String fault) {
        environment.keySet().stream()
                .filter(name -> ours.test(name) && !known.contains(name))
                .sorted()
                .forEach(name -> warnings.add(
                        "environment: " + name + " " + fault + Likeness.hint(Likeness.nearest(name, known))));
    }

    /** Not for the launcher's own file: its keys are settings, and are judged as such. */
    void check(EtcFile file) {
        TypedFile typed = TypedFile.parse(file.path());
        typed.faults().forEach(fault -> errors.add(file.path() + ":" + fault.line() + ": " + fault.message()));
        if (file.name().contains("~")) {
            warnings.add(file.path() + ": the instance of a PID stands behind a hyphen: "
                    + file.path().getFileName().toString().replace('~', '-'));
        }
        Optional<Metatype.Definition> definition = metatype.find(file.pid());
        if (definition.isEmpty()) {
            warnings.add(file.path() + ": no bundle here knows " + file.pid()
                    + Likeness.hint(Likeness.nearest(
                            file.pid(),
                            metatype.definitions().stream()
                                    .map(Metatype.Definition::pid)
                                    .toList())));
        }
        Set<String> keys = new HashSet<>();
        for (TypedFile.Entry entry : typed.entries()) {
            String place = file.path() + ":" + entry.line() + ": ";
            if (!keys.add(entry.key())) {
                warnings.add(place + entry.key() + " is given twice; the last one counts");
            }
            definition.ifPresent(known -> check(place, entry, known));
        }
    }

    private void check(String place, TypedFile.Entry entry, Metatype.Definition definition) {
        Optional<Metatype.Attribute> attribute = definition.attribute(entry.key());
        if (attribute.isPresent()) {
            entry.texts().forEach(value -> check(place, value, attribute.get()));
        } else if (entry.key().equals("service.ranking") && !(entry.value() instanceof Integer)) {
            warnings.add(place + "service.ranking has no effect unless it is an Integer: service.ranking=I\"...\"");
        } else if (!ANYWHERE.contains(entry.key()) && !entry.key().startsWith("latchkey.")) {
            warnings.add(place + definition.pid() + " does not know " + entry.key()
                    + Likeness.hint(Likeness.nearest(
                            entry.key(),
                            definition.attributes().stream()
                                    .map(Metatype.Attribute::key)
                                    .toList())));
        }
    }

    private void check(String place, String value, Metatype.Attribute attribute) {
        String key = attribute.key();
        if (!attribute.options().isEmpty() && !attribute.options().contains(value)) {
            errors.add(place + key + " is one of " + String.join(", ", attribute.options()));
        } else if (attribute.type().equals("Boolean") && !value.matches("(?i)true|false")) {
            errors.add(place + key + " is true or false");
        } else if (WHOLE.contains(attribute.type()) && !value.matches("[+-]?[0-9]{1,19}")) {
            errors.add(place + key + " is a whole number");
        } else if (WHOLE.contains(attribute.type()) || NUMBERS.contains(attribute.type())) {
            checkLimits(place, value, attribute);
        }
    }

    private void checkLimits(String place, String value, Metatype.Attribute attribute) {
        try {
            BigDecimal number = new BigDecimal(value);
            if (!attribute.min().isEmpty() && number.compareTo(new BigDecimal(attribute.min())) < 0) {
                errors.add(place + attribute.key() + " is at least " + attribute.min());
            }
            if (!attribute.max().isEmpty() && number.compareTo(new BigDecimal(attribute.max())) > 0) {
                errors.add(place + attribute.key() + " is at most " + attribute.max());
            }
        } catch (NumberFormatException noNumber) {
            errors.add(place + attribute.key() + " is a number");
        }
    }
}
