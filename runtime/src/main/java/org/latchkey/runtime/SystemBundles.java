package org.latchkey.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * The bundles of {@code system/} in the framework's cache. They are copied there once and again whenever the
 * fingerprint says that they changed. Their locations say {@code system/} and the file name, not where the distribution
 * lies: it may be moved. All other bundles are somebody else's and stay as they are.
 */
final class SystemBundles {

    private static final String LOCATION = "system/";

    private final Path directory;
    private final List<BundleId> wanted;

    SystemBundles(Path directory, List<BundleId> wanted) {
        this.directory = directory;
        this.wanted = List.copyOf(wanted);
    }

    List<Path> jars() {
        return wanted.stream().map(id -> directory.resolve(id.fileName())).toList();
    }

    /** Whether exactly the wanted ones are installed, of whatever content. */
    boolean areIn(BundleContext framework) {
        return installed(framework)
                .keySet()
                .equals(wanted.stream().map(SystemBundles::location).collect(Collectors.toSet()));
    }

    /** Installs, updates and uninstalls until they are those of the directory; they start when the framework does. */
    void bring(BundleContext framework) {
        Map<String, Bundle> old = installed(framework);
        for (BundleId id : wanted) {
            Bundle present = old.remove(location(id));
            try (InputStream jar = Files.newInputStream(directory.resolve(id.fileName()))) {
                if (present == null) {
                    framework.installBundle(location(id), jar).start();
                } else {
                    present.update(jar);
                    present.start();
                }
            } catch (IOException | BundleException broken) {
                throw new StartRefused(id.fileName() + " cannot be installed: " + broken.getMessage(), broken);
            }
        }
        old.values().forEach(SystemBundles::uninstall);
    }

    /** The first of them that does not run although it should. */
    Optional<Bundle> notRunning(BundleContext framework) {
        return installed(framework).values().stream()
                .filter(bundle -> !runs(bundle))
                .findFirst();
    }

    /** The file of a bundle as the operator knows it. */
    static String fileName(Bundle bundle) {
        return bundle.getLocation().substring(LOCATION.length());
    }

    private static boolean runs(Bundle bundle) {
        boolean lazy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return bundle.getState() == Bundle.ACTIVE || lazy && bundle.getState() == Bundle.STARTING;
    }

    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException broken) {
            throw new StartRefused(fileName(bundle) + " cannot be taken out: " + broken.getMessage(), broken);
        }
    }

    private static Map<String, Bundle> installed(BundleContext framework) {
        Map<String, Bundle> byLocation = new HashMap<>();
        for (Bundle bundle : framework.getBundles()) {
            if (bundle.getLocation().startsWith(LOCATION)) {
                byLocation.put(bundle.getLocation(), bundle);
            }
        }
        return byLocation;
    }

    private static String location(BundleId id) {
        return LOCATION + id.fileName();
    }
}
