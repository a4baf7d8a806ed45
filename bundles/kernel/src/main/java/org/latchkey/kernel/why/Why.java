package org.latchkey.kernel.why;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.PluginCheck;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarCheck;
import org.latchkey.kernel.jar.JarReader;
import org.latchkey.kernel.jar.Rejection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Tells what would become of a jar if it were deployed now, and why. Only reads: the jar is not installed, nothing is
 * resolved or wired, and no class of it is loaded.
 */
public final class Why {

    /** One byte more than a jar may have, so that one that is too large shows. */
    private static final long MAX_BYTES = (64L << 20) + 1;

    private final BundleContext context;
    private final Function<String, Optional<Bundle>> serving;
    private final Preflight preflight;
    private final List<Objection> before;
    private final List<Objection> after;

    /**
     * @param deployed the jars that lie in the deploy directory
     * @param serving what serves of a plugin now, by its symbolic name
     * @param checks what a jar must pass before it is looked at as a bundle
     * @param more what else may speak against a jar, weighed before what keeps it from being installed
     */
    public Why(
            BundleContext context,
            ExtensionPoints points,
            Supplier<List<Jar>> deployed,
            Function<String, Optional<Bundle>> serving,
            JarCheck checks,
            Objection... more) {
        this.context = context;
        this.serving = serving;
        this.preflight = new Preflight(context);
        this.before = Stream.concat(
                        Stream.of(new HigherVersionThere(deployed), new AlreadyThere(deployed), new RefusedJar(checks)),
                        Stream.of(more))
                .toList();
        this.after = List.of(
                new NothingToServeWith(),
                new WaitingComponent(context),
                new TakenMount(points),
                new TakenSlot(context));
    }

    /** Checks a jar that is read to its end, as if it were installed in place of being copied to a file of its own name. */
    public PluginCheck check(InputStream content) throws IOException {
        Path file = Files.createTempFile("latchkey-check", ".jar");
        try {
            copy(content, file);
            Jar jar = JarReader.read(file);
            try {
                return checked(Candidate.of(jar));
            } catch (Rejection rejection) {
                return rejected(jar.symbolicName(), jar.version().toString(), rejection);
            }
        } catch (Rejection rejection) {
            return rejected("", "", rejection);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void copy(InputStream content, Path file) throws IOException {
        byte[] buffer = new byte[16 << 10];
        long left = MAX_BYTES;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = content.read(buffer); read >= 0 && left > 0; read = content.read(buffer)) {
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static PluginCheck rejected(String name, String version, Rejection rejection) {
        return new PluginCheck(name, version, List.of(Remedies.finding(rejection)), "", List.of(), List.of());
    }

    private PluginCheck checked(Candidate candidate) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Objection objection : before) {
            findings.addAll(objection.to(candidate));
        }
        findings.addAll(preflight.findings(candidate));
        for (Objection objection : after) {
            findings.addAll(objection.to(candidate));
        }
        boolean serves = findings.stream().allMatch(finding -> finding.state().equals("idle"));
        List<Bundle> replaced =
                serves ? serving.apply(candidate.jar().symbolicName()).stream().toList() : List.of();
        return new PluginCheck(
                candidate.jar().symbolicName(),
                candidate.jar().version().toString(),
                findings,
                replaced.stream()
                        .map(bundle -> bundle.getVersion().toString())
                        .findFirst()
                        .orElse(""),
                refreshed(replaced),
                candidate.components().all().stream()
                        .filter(ServiceComponent::isExtension)
                        .map(ServiceComponent::name)
                        .toList());
    }

    /** Who is wired to what goes, and whoever is wired to those. */
    private List<String> refreshed(List<Bundle> replaced) {
        return context
                .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .getDependencyClosure(replaced)
                .stream()
                .filter(bundle -> !replaced.contains(bundle))
                .map(Bundle::getSymbolicName)
                .sorted()
                .toList();
    }
}
