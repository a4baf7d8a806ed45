package org.latchkey.kernel.jar;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/**
 * What a plugin must not say of itself, since it would reach into the server or into other plugins that
 * way. Each names the first thing that breaks it. What code does when it runs is not seen here.
 */
enum PluginRule {
    FRAGMENT(
            "It is a fragment, which would change another bundle: %s.",
            plugin -> header(plugin, Constants.FRAGMENT_HOST)),

    OLD_MANIFEST(
            "Its manifest has no \"Bundle-ManifestVersion: 2\", so the framework would not read all of it.",
            plugin -> plugin.headers()
                            .value(Constants.BUNDLE_MANIFESTVERSION)
                            .filter("2"::equals)
                            .isPresent()
                    ? Stream.empty()
                    : Stream.of("")),

    EXPORTS_JAVA(
            "It exports %s, a package of Java itself.",
            plugin -> plugin.exports().stream().filter(name -> name.startsWith("java."))),

    EXPORTS_THE_API(
            "It exports %s, a package of Latchkey's API.",
            plugin -> plugin.exports().stream().filter(name -> isWithin(name, "org.latchkey.api"))),

    SPLITS_A_PACKAGE(
            "It exports %s, which the server exports already: the package would be split.",
            plugin -> plugin.exports().stream().filter(plugin.serverPackages()::contains)),

    EXPORTS(
            "It exports %s. A plugin exports nothing: it could not be replaced without those who import it.",
            plugin -> plugin.exports().stream()),

    EMBEDS_THE_API(
            "It carries a copy of Latchkey's API: %s.",
            plugin -> plugin.entries().stream()
                    .filter(name -> name.matches("(META-INF/versions/[0-9]+/)?org/latchkey/api/.*\\.class"))),

    REQUIRES_A_BUNDLE(
            "It requires the whole bundle %s. A plugin imports packages.",
            plugin -> plugin.headers().paths(Constants.REQUIRE_BUNDLE).stream()),

    IMPORTS_ANYTHING(
            "It imports %s dynamically, which is whatever there is at the time.",
            plugin -> plugin.dynamicImports().stream().filter(name -> name.endsWith("*"))),

    WEAVING_HOOK(
            "It imports %s: a weaving hook rewrites the classes of others.",
            imports("org.osgi.framework.hooks.weaving")),

    RESOLVER_HOOK(
            "It imports %s: a resolver hook decides what others are wired to.",
            imports("org.osgi.framework.hooks.resolver")),

    SERVICE_HOOK(
            "It imports %s: a service hook decides which services others see.",
            imports("org.osgi.framework.hooks.service")),

    BUNDLE_HOOK(
            "It imports %s: a bundle hook decides which bundles others see.",
            imports("org.osgi.framework.hooks.bundle")),

    URL_HANDLER("It imports %s: a URL handler works for the whole process.", imports("org.osgi.service.url")),

    PERMISSIONS(
            "It imports %s: permissions are not a plugin's to give.",
            imports("org.osgi.service.permissionadmin", "org.osgi.service.condpermadmin")),

    FRAMEWORK(
            "It imports %s: it would start or hook into the framework.",
            imports(
                    "org.osgi.framework.hooks",
                    "org.osgi.framework.launch",
                    "org.osgi.framework.connect",
                    "org.apache.felix.framework")),

    STANDS_IN_FOR_THE_SERVER(
            "It offers the capability %s, so that the server could come to depend on it.",
            plugin -> plugin.headers().paths(Constants.PROVIDE_CAPABILITY).stream()
                    .filter(PluginRule::isOfTheServer)),

    NATIVE_CODE("It brings native code: %s.", plugin -> header(plugin, Constants.BUNDLE_NATIVECODE)),

    AGENT(
            "It is a Java agent: %s.",
            plugin -> Stream.of("Premain-Class", "Agent-Class", "Launcher-Agent-Class", "Boot-Class-Path")
                    .filter(name -> plugin.headers().value(name).isPresent())),

    CLASS_PATH_OUTSIDE(
            "Its Bundle-ClassPath names %s, which is not in it.",
            plugin ->
                    plugin.headers().paths(Constants.BUNDLE_CLASSPATH).stream().filter(path -> !has(plugin, path))),

    COMPONENT_OUTSIDE(
            "Its Service-Component names %s, which is not in it.",
            plugin -> plugin.headers().paths("Service-Component").stream().filter(path -> !has(plugin, path)));

    private static final Set<String> NAMESPACES_OF_THE_SERVER =
            Set.of("osgi.extender", "osgi.implementation", "osgi.contract", "osgi.ee", "osgi.native", "osgi.identity");

    private final String reason;
    private final Function<Candidate, Stream<String>> offences;

    PluginRule(String reason, Function<Candidate, Stream<String>> offences) {
        this.reason = reason;
        this.offences = offences;
    }

    /** Why the rule refuses the plugin, or nothing. */
    Optional<String> brokenBy(Candidate plugin) {
        return offences.apply(plugin).findFirst().map(reason::formatted);
    }

    private static Stream<String> header(Candidate plugin, String name) {
        return plugin.headers().value(name).stream();
    }

    private static Function<Candidate, Stream<String>> imports(String... packages) {
        return plugin -> plugin.imports().stream()
                .filter(name -> Stream.of(packages).anyMatch(forbidden -> isWithin(name, forbidden)));
    }

    private static boolean isWithin(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    private static boolean isOfTheServer(String namespace) {
        return NAMESPACES_OF_THE_SERVER.contains(namespace) || namespace.startsWith("osgi.wiring.");
    }

    /** Whether there is such a file or folder; a pattern finds itself what there is. */
    private static boolean has(Candidate plugin, String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        String folder = name.endsWith("/") ? name : name + "/";
        boolean pattern = name.contains("*") && !name.contains("..") && !name.contains(":");
        return pattern
                || name.equals(".")
                || name.isEmpty()
                || plugin.entries().contains(name)
                || plugin.entries().stream().anyMatch(entry -> entry.startsWith(folder));
    }
}
