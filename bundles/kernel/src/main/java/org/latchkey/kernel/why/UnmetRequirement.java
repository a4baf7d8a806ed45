package org.latchkey.kernel.why;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;

/** What a jar requires and nothing in the server provides: a package, a capability, a bundle, another Java. */
final class UnmetRequirement implements Objection {

    private static final String API = "org.latchkey.api";
    private static final Pattern JAVA = Pattern.compile("\\(version=([0-9.]+)\\)");

    private final BundleContext context;
    private final FrameworkWiring wiring;

    UnmetRequirement(BundleContext context) {
        this.context = context;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    @Override
    public List<Finding> to(Candidate candidate) {
        return candidate.requirements().stream()
                .filter(requirement -> isUnmet(requirement, candidate))
                .sorted((one, other) -> Integer.compare(weight(one), weight(other)))
                .map(this::inWords)
                .toList();
    }

    private boolean isUnmet(Requirement requirement, Candidate candidate) {
        return wiring.findProviders(requirement).isEmpty()
                && candidate.provides(requirement).isEmpty();
    }

    /** The wrong Java explains more than a missing package, and the wrong API more than a missing library. */
    private static int weight(Requirement requirement) {
        Wanted wanted = Wanted.by(requirement);
        return switch (wanted.namespace()) {
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> 0;
            case PackageNamespace.PACKAGE_NAMESPACE -> isApi(wanted.name()) ? 1 : 2;
            default -> 3;
        };
    }

    private static boolean isApi(String name) {
        return name.equals(API) || name.startsWith(API + ".");
    }

    private Finding inWords(Requirement requirement) {
        Wanted wanted = Wanted.by(requirement);
        return switch (wanted.namespace()) {
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                otherJava(requirement.getDirectives().getOrDefault("filter", ""));
            case PackageNamespace.PACKAGE_NAMESPACE -> missingPackage(wanted);
            case BundleNamespace.BUNDLE_NAMESPACE ->
                Finding.rejected(
                        "It requires the bundle " + there(wanted, "the server does not have"),
                        "Import the packages it uses instead of requiring a bundle.");
            default ->
                Finding.rejected(
                        "It requires " + wanted.namespace() + " " + there(wanted, "nothing provides"),
                        "Build it for what the server provides, or deploy what provides that first.");
        };
    }

    private static Finding otherJava(String filter) {
        String here = String.valueOf(Runtime.version().feature());
        Matcher version = JAVA.matcher(filter);
        if (!version.find()) {
            return Finding.rejected(
                    "It needs another Java than " + here + ": " + filter + ".", "Compile it with --release 17.");
        }
        String wanted = version.group(1).replaceFirst("^1\\.", "").replaceFirst("(\\.0)+$", "");
        return Finding.rejected(
                "It needs Java " + wanted + ", but the server runs on Java " + here + ".",
                "Compile it with --release " + here + ", or run the server on Java " + wanted + ".");
    }

    private Finding missingPackage(Wanted wanted) {
        List<Offered> offered = Offered.of(context, wanted);
        if (isApi(wanted.name()) && offered.stream().noneMatch(each -> each.suits(wanted)) && !offered.isEmpty()) {
            return otherApi(wanted, offered);
        }
        return Finding.rejected(
                "It imports the package " + there(wanted, "no bundle exports"), packageFix(wanted, offered));
    }

    private static String packageFix(Wanted wanted, List<Offered> offered) {
        if (isApi(wanted.name())) {
            return "Update the server, whose API has no such package, or do without it.";
        }
        return offered.isEmpty()
                ? "Put the package into the jar, or import it with resolution:=optional."
                : "Build it against " + Offered.versions(offered)
                        + ", or put the package into the jar and do not import it.";
    }

    private static Finding otherApi(Wanted wanted, List<Offered> offered) {
        Offered newest = offered.get(offered.size() - 1);
        boolean isNewer = newest.version().compareTo(wanted.versions().getLeft()) < 0;
        return Finding.rejected(
                "It was built for " + wanted.text() + ", but the server has " + newest.version() + ": the plugin is "
                        + (isNewer ? "newer" : "older") + " than the server.",
                isNewer
                        ? "Update the server, or build the plugin against version " + newest.version() + " of that API."
                        : "Build the plugin anew against version " + newest.version() + " of that API.");
    }

    /** How the sentence ends: nobody has it, or somebody has it, but not so. */
    private String there(Wanted wanted, String otherwise) {
        List<Offered> offered = Offered.of(context, wanted);
        if (offered.isEmpty()) {
            return wanted.text() + ", which " + otherwise + ".";
        }
        boolean otherAttributes = offered.stream().anyMatch(each -> each.suits(wanted));
        return wanted.text() + (otherAttributes ? " with attributes that none has of " : ", but there is only ")
                + Offered.text(offered) + ".";
    }
}
