package org.latchkey.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the environment says in Proctor's words. It counts before the files of {@code etc/}, which go on to be read live.
 *
 * @param given by {@code PID/key}
 * @param warnings for people, a line each
 */
record Proctor(Map<String, Given> given, List<String> warnings) {

    /** Names, with blanks between, what is given; each is then a property of its own, below this one. */
    private static final String PROPERTY = "latchkey.configuration";

    /** Ends the name of a list, whose values have commas between. */
    private static final String LIST = "[]";

    private static final String AUTHENTICATOR = "Authenticator";
    private static final String NOTIFIER = "Notifier";

    /** Those of Go's strconv.ParseBool, by which Proctor reads them. */
    private static final Set<String> TRUE = Set.of("1", "t", "true");

    private static final Set<String> FALSE = Set.of("0", "f", "false");

    Proctor {
        given = Map.copyOf(given);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the environment.
     *
     * @throws StartRefused if a value makes no sense, two lists are not equally long, or a plugin is not known
     */
    static Proctor read(Map<String, String> environment, Settings settings) {
        return new Reader(environment, settings).read();
    }

    /** As framework properties. */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        given.forEach((target, each) -> properties.put(PROPERTY + "." + name(target), each.value()));
        if (!given.isEmpty()) {
            properties.put(
                    PROPERTY,
                    String.join(
                            " ",
                            given.keySet().stream().map(Proctor::name).sorted().toList()));
        }
        return properties;
    }

    private static String name(String target) {
        boolean isList = target.equals(ProctorVariable.AUTHENTICATORS)
                || ProctorVariable.ALL.stream()
                        .anyMatch(each -> each.target().equals(target) && each.kind() == ProctorVariable.Kind.LIST);
        return isList ? target + LIST : target;
    }

    /** Whether what a target says may be shown. */
    static boolean isSecret(String target) {
        return ProctorVariable.ALL.stream()
                .anyMatch(each -> each.target().equals(target) && each.kind() == ProctorVariable.Kind.SECRET);
    }

    /** One reading of an environment. */
    private static final class Reader {

        private final Map<String, Given> said = new TreeMap<>();
        private final Map<String, Given> given = new TreeMap<>();
        private final List<String> warnings = new ArrayList<>();
        private final Path home;
        private final Path deploy;

        Reader(Map<String, String> environment, Settings settings) {
            this.home = settings.path("latchkey.home");
            this.deploy = settings.path("latchkey.deploy");
            ProctorVariable.ALL.forEach(variable ->
                    Layer.said(variable.name(), environment, home).ifPresent(each -> said.put(variable.name(), each)));
        }

        Proctor read() {
            said.forEach((name, each) -> ProctorVariable.find(name)
                    .filter(variable -> !variable.target().isEmpty() && variable.kind() != ProctorVariable.Kind.PLUGINS)
                    .ifPresent(variable -> given.put(variable.target(), value(variable, each))));
            documentedAdminGroup();
            if (said.containsKey(ProctorVariable.AUTH_BINARY)
                    || said.containsKey(ProctorVariable.NOTIFICATION_BINARY)) {
                ProctorPlugins plugins = ProctorPlugins.of(home, deploy);
                authenticator(plugins);
                notifiers(plugins);
            }
            withoutBinary(ProctorVariable.AUTH_BINARY, ProctorVariable.AUTH_EXPORTED);
            withoutBinary(ProctorVariable.NOTIFICATION_BINARY, ProctorVariable.NOTIFICATION_EXPORTED);
            return new Proctor(given, warnings);
        }

        private static Given value(ProctorVariable variable, Given said) {
            return switch (variable.kind()) {
                case SWITCH -> new Given(truth(variable.name(), said.value()), said.origin());
                case LIST -> new Given(String.join(",", words(variable.name(), said.value())), said.origin());
                default -> said;
            };
        }

        private static String truth(String variable, String value) {
            String word = value.strip().toLowerCase(Locale.ROOT);
            if (!TRUE.contains(word) && !FALSE.contains(word)) {
                throw new StartRefused(variable + " is true or false, not " + value);
            }
            return Boolean.toString(TRUE.contains(word));
        }

        private static List<String> words(String variable, String value) {
            List<String> words =
                    Stream.of(value.split(",", -1)).map(String::strip).toList();
            if (words.contains("")) {
                throw new StartRefused(variable + " has an empty name in its list");
            }
            return words;
        }

        private void documentedAdminGroup() {
            Optional.ofNullable(said.get(ProctorVariable.DOCUMENTED_ADMIN_GROUP))
                    .ifPresent(mistaken -> {
                        ProctorVariable meant = ProctorVariable.find(ProctorVariable.ADMIN_GROUP)
                                .orElseThrow();
                        boolean counts = !said.containsKey(ProctorVariable.ADMIN_GROUP);
                        warnings.add(
                                ProctorVariable.DOCUMENTED_ADMIN_GROUP + " is a mistake of Proctor's documents; set "
                                        + ProctorVariable.ADMIN_GROUP + " instead"
                                        + (counts ? ", which it is taken for" : ", which is set, and counts alone"));
                        if (counts) {
                            given.put(meant.target(), value(meant, mistaken));
                        }
                    });
        }

        private void authenticator(ProctorPlugins plugins) {
            Optional.ofNullable(said.get(ProctorVariable.AUTH_BINARY)).ifPresent(binary -> {
                String found = plugins.find(new ProctorPlugins.Named(
                        AUTHENTICATOR,
                        new ProctorPlugins.Word(
                                ProctorVariable.AUTH_BINARY, binary.value().strip()),
                        Optional.ofNullable(said.get(ProctorVariable.AUTH_EXPORTED))
                                .map(each -> new ProctorPlugins.Word(
                                        ProctorVariable.AUTH_EXPORTED,
                                        each.value().strip()))));
                given.put(ProctorVariable.AUTHENTICATORS, new Given(found, binary.origin()));
                warnUnlessDeployed(
                        plugins,
                        ProctorVariable.AUTH_BINARY,
                        found,
                        "until it is, requests with Email-Id and Access-Token are refused with 503");
            });
        }

        private void notifiers(ProctorPlugins plugins) {
            Optional.ofNullable(said.get(ProctorVariable.NOTIFICATION_BINARY)).ifPresent(binary -> {
                List<String> binaries = words(ProctorVariable.NOTIFICATION_BINARY, binary.value());
                List<String> exported = Optional.ofNullable(said.get(ProctorVariable.NOTIFICATION_EXPORTED))
                        .map(each -> words(ProctorVariable.NOTIFICATION_EXPORTED, each.value()))
                        .orElse(List.of());
                if (binaries.size() != exported.size()) {
                    throw new StartRefused(ProctorVariable.NOTIFICATION_BINARY + " names " + binaries.size()
                            + " plugins, but " + ProctorVariable.NOTIFICATION_EXPORTED + " has " + exported.size()
                            + " names; they are paired by their order");
                }
                for (int i = 0; i < binaries.size(); i++) {
                    String found = plugins.find(new ProctorPlugins.Named(
                            NOTIFIER,
                            new ProctorPlugins.Word(ProctorVariable.NOTIFICATION_BINARY, binaries.get(i)),
                            Optional.of(
                                    new ProctorPlugins.Word(ProctorVariable.NOTIFICATION_EXPORTED, exported.get(i)))));
                    warnUnlessDeployed(
                            plugins, ProctorVariable.NOTIFICATION_BINARY, found, "until it is, nobody is told by it");
                }
            });
        }

        private void withoutBinary(String binary, String exported) {
            if (said.containsKey(exported) && !said.containsKey(binary)) {
                warnings.add(exported + " has no effect without " + binary);
            }
        }

        private void warnUnlessDeployed(ProctorPlugins plugins, String variable, String found, String effect) {
            if (!plugins.isDeployed(found)) {
                warnings.add(variable + " names " + found + ", which is not in " + deploy + "; " + effect);
            }
        }
    }
}
