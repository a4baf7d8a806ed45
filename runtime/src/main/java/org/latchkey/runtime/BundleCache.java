package org.latchkey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/**
 * The framework's cache on disk. It outlives the server, which then has nothing to install at its next start. What it
 * holds of plugins is the deployer's and is not touched here, except when a cache was left half made: then it goes as
 * a whole, for {@code deploy/} can fill it again.
 */
final class BundleCache {

    private final DisposableTree directory;
    private final Path fingerprint;

    BundleCache(Path directory) {
        this.directory = new DisposableTree(directory);
        this.fingerprint = directory.resolveSibling(directory.getFileName() + ".fingerprint");
    }

    /** To be called before the framework opens the cache. */
    void dropIfHalfMade() throws IOException {
        if (!Files.exists(fingerprint)) {
            drop();
        }
    }

    /** Makes the cache hold these bundles as they are now in {@code system/}; nothing to do if it does. */
    void fill(BundleContext framework, Path features, SystemBundles bundles) throws IOException {
        String now = Fingerprint.of(features, bundles.jars());
        if (bundles.areIn(framework) && Fingerprint.isIn(fingerprint, now)) {
            return;
        }
        Files.deleteIfExists(fingerprint);
        bundles.bring(framework);
        Files.writeString(fingerprint, now);
    }

    void drop() throws IOException {
        Files.deleteIfExists(fingerprint);
        directory.delete();
    }
}
