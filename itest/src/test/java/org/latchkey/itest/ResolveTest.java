package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.runtime.BundleId;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Every bundle that ships finds what it imports and requires, in the framework as the launcher sets it up. */
public class ResolveTest {

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private final Distribution distribution = Distribution.built();
    private Framework framework;

    @Before
    public void framework() throws BundleException, IOException {
        Map<String, String> properties = new TreeMap<>(distribution.features().frameworkProperties());
        properties.put("org.osgi.framework.storage", cache.getRoot().toString());
        framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        for (Path jar : distribution.system()) {
            install(jar);
        }
    }

    @After
    public void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    public void everyBundleOfSystemResolves() {
        assertThat(unresolved()).isEmpty();
    }

    @Test
    public void everyPluginResolvesOnTopOfSystem() throws BundleException, IOException {
        List<String> reasons = new ArrayList<>();
        for (Path jar : distribution.plugins()) {
            Bundle plugin = install(jar);
            unresolved().stream()
                    .filter(reason -> reason.startsWith(plugin.getLocation()))
                    .forEach(reasons::add);
            plugin.uninstall();
        }
        assertThat(reasons).isEmpty();
    }

    @Test
    public void systemAndPluginsHoldWhatTheFeaturesName() {
        assertThat(distribution.system())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(distribution.features().bundles().stream()
                        .map(BundleId::fileName)
                        .toList());
        assertThat(distribution.plugins())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(distribution.features().plugins().stream()
                        .map(BundleId::fileName)
                        .toList());
    }

    private Bundle install(Path jar) throws BundleException, IOException {
        try (InputStream content = Files.newInputStream(jar)) {
            return framework.getBundleContext().installBundle(jar.getFileName().toString(), content);
        }
    }

    /** One line for each bundle that does not resolve: its file, and what it misses. */
    private List<String> unresolved() {
        FrameworkWiring wiring = framework.adapt(FrameworkWiring.class);
        wiring.resolveBundles(null);
        return Stream.of(framework.getBundleContext().getBundles())
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(bundle -> bundle.getLocation() + " does not resolve: " + reason(bundle, wiring))
                .toList();
    }

    private static String reason(Bundle bundle, FrameworkWiring wiring) {
        List<String> missing = bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
                .filter(ResolveTest::isMandatory)
                .filter(requirement -> wiring.findProviders(requirement).isEmpty())
                .map(ResolveTest::text)
                .toList();
        return missing.isEmpty() ? frameworksReason(bundle) : "nothing provides " + String.join(" nor ", missing);
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        return !directives.containsKey(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE)
                && !"active".equals(directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE));
    }

    private static String text(BundleRequirement requirement) {
        String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
        boolean isPackage = requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE);
        return (isPackage ? "the package " : requirement.getNamespace() + " ") + filter;
    }

    /** A bundle whose providers exist but do not resolve or contradict one another; a start says which. */
    private static String frameworksReason(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "the framework gives no reason";
        } catch (BundleException reason) {
            return reason.getMessage();
        }
    }
}
