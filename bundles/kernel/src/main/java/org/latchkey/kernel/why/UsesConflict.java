package org.latchkey.kernel.why;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.service.resolver.ResolutionException;
import org.osgi.service.resolver.Resolver;

/**
 * Imports that can each be had, but not together, because they would bring a package twice (OSGi Core, 3.7.6). The
 * framework's own resolver is asked, about wirings as they are: it computes, and wires nothing.
 */
final class UsesConflict implements Objection {

    private static final Pattern TWICE =
            Pattern.compile("package '([^']+)' from resources (\\S+) \\[.*?\\] and (\\S+) \\[", Pattern.DOTALL);
    private static final Pattern OWN =
            Pattern.compile("exports package '([^']+)' and is also exposed to it from resource (\\S+) \\[");

    private final BundleContext context;

    UsesConflict(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        ServiceReference<Resolver> reference = context.getServiceReference(Resolver.class);
        if (reference == null) {
            return List.of(); // not every framework lends its resolver
        }
        try {
            context.getService(reference).resolve(new RunningServer(context, candidate));
            return List.of();
        } catch (ResolutionException conflict) {
            return List.of(inWords(conflict.getMessage()));
        } finally {
            context.ungetService(reference);
        }
    }

    private Finding inWords(String message) {
        return found(TWICE, message)
                .map(twice -> Finding.rejected(
                        "Its imports do not go together: the package " + twice.group(1) + " would come from "
                                + named(twice.group(2), twice.group(1)) + " and from "
                                + named(twice.group(3), twice.group(1)) + " (uses constraint).",
                        "Import " + twice.group(1) + " in the version that its other imports are wired to."))
                .or(() -> found(OWN, message)
                        .map(own -> Finding.rejected(
                                "It exports the package " + own.group(1) + ", which also comes to it from "
                                        + named(own.group(2), own.group(1)) + " (uses constraint).",
                                "Do not export " + own.group(1) + ".")))
                .orElse(Finding.rejected(
                        "What it imports cannot be had together: "
                                + message.lines().findFirst().orElse("no reason given"),
                        "Import only versions that the server's bundles use themselves."));
    }

    private static Optional<Matcher> found(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    /** A bundle and the versions of the package that it exports. */
    private String named(String bundle, String packageName) {
        Wanted wanted = Wanted.all(PackageNamespace.PACKAGE_NAMESPACE, packageName);
        List<Offered> exported = Offered.of(context, wanted).stream()
                .filter(each -> each.bundle().equals(bundle))
                .toList();
        return exported.isEmpty() ? bundle : bundle + " in version " + Offered.versions(exported);
    }
}
