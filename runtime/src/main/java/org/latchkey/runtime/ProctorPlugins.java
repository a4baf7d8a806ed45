package org.latchkey.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the bundle that is meant where Proctor names the file of a plugin and what the file exports: a jar of {@code plugins/}
 * or {@code deploy/}, a symbolic name, or what Proctor calls its own two plugins.
 */
final class ProctorPlugins {

    /** What Proctor's own plugins are called, without ending, by the bundle that stands for them. */
    private static final Map<String, Set<String>> FILES = Map.of(
            "org.latchkey.auth.gate", Set.of("auth", "gate", "gate-auth", "gate-auth-plugin"),
            "org.latchkey.notify.slack",
                    Set.of("slack", "notification", "slack-notification", "slack-notification-plugin"));

    /** What they export. */
    private static final Map<String, Set<String>> EXPORTS = Map.of(
            "org.latchkey.auth.gate", Set.of("Auth", "GateAuth"),
            "org.latchkey.notify.slack", Set.of("Notification", "SlackNotification"));

    private final List<PluginJar> running;
    private final List<PluginJar> all;

    private ProctorPlugins(List<PluginJar> running, List<PluginJar> all) {
        this.running = running;
        this.all = all;
    }

    static ProctorPlugins of(Path home, Path deploy) {
        List<PluginJar> running = new ArrayList<>(PluginJar.in(deploy));
        running.addAll(PluginJar.in(home.resolve("system")));
        List<PluginJar> all = new ArrayList<>(running);
        all.addAll(PluginJar.in(home.resolve("plugins")));
        return new ProctorPlugins(List.copyOf(running), List.copyOf(all));
    }

    /**
     * A plugin that was named.
     *
     * @param point simple name of its extension point
     * @param binary the variable with the file, and what it says
     * @param exported the variable with the export, and what it says; nothing for the only one
     */
    record Named(String point, Word binary, Optional<Word> exported) {}

    /** What a variable says. */
    record Word(String variable, String text) {}

    /**
     * The bundle, or {@code bundle/component} where a component is named.
     *
     * @throws StartRefused if there is no such plugin, or it has no such component
     */
    String find(Named named) {
        String bundle = bundle(named.binary());
        List<PluginJar.Component> components = all.stream()
                .filter(jar -> jar.symbolicName().equals(bundle))
                .findFirst()
                .map(jar -> jar.providing(named.point()))
                .orElse(List.of());
        boolean isHere = all.stream().anyMatch(jar -> jar.symbolicName().equals(bundle));
        if (isHere && components.isEmpty()) {
            throw new StartRefused(named.binary().variable() + ": " + bundle + " is no " + named.point());
        }
        return named.exported()
                .flatMap(word -> component(bundle, components, word))
                .map(component -> bundle + "/" + component)
                .orElse(bundle);
    }

    /** Whether the bundle of a name that was found is in {@code deploy/}, or part of the server. */
    boolean isDeployed(String found) {
        String bundle = found.split("/", 2)[0];
        return running.stream().anyMatch(jar -> jar.symbolicName().equals(bundle));
    }

    private String bundle(Word binary) {
        String file = binary.text().substring(binary.text().lastIndexOf('/') + 1);
        return Stream.concat(ofJars(file), ofProctor(file))
                .findFirst()
                .orElseThrow(() -> new StartRefused(binary.variable() + ": there is no plugin " + binary.text()
                        + "; name a jar of plugins/ or deploy/, a symbolic name such as org.latchkey.auth.gate, or"
                        + " Proctor's auth.so, gate.so or slack.so"));
    }

    private Stream<String> ofJars(String file) {
        return all.stream()
                .filter(jar -> jar.symbolicName().equals(file)
                        || jar.path().getFileName().toString().equals(file))
                .map(PluginJar::symbolicName);
    }

    private static Stream<String> ofProctor(String file) {
        String name = file.replaceFirst("\\.so$", "");
        return FILES.entrySet().stream()
                .filter(each -> each.getValue().contains(name) || each.getKey().equals(name))
                .map(Map.Entry::getKey);
    }

    /** Nothing where Proctor's own word stands for the only one. */
    private static Optional<String> component(String bundle, List<PluginJar.Component> components, Word exported) {
        String word = exported.text();
        Optional<String> found = components.stream()
                .filter(each -> each.name().equals(word) || each.simpleName().equals(word))
                .map(PluginJar.Component::name)
                .findFirst();
        boolean isProctors =
                EXPORTS.getOrDefault(bundle, Set.of()).contains(word) || word.equals("Auth") && components.size() == 1;
        if (found.isEmpty() && !isProctors) {
            throw new StartRefused(exported.variable() + ": " + bundle + " has no component " + word + "; it has "
                    + String.join(
                            ", ",
                            components.stream()
                                    .map(PluginJar.Component::simpleName)
                                    .toList()));
        }
        return found;
    }
}
