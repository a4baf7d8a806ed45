package org.latchkey.kernel.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A real Felix framework for one test, which shares the API's classes with the test. */
public final class RunningFramework extends ExternalResource {

    private final TemporaryFolder folder;
    private Framework framework;

    public RunningFramework(TemporaryFolder folder) {
        this.folder = folder;
    }

    @Override
    protected void before() throws IOException, BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.newFolder().getPath(),
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.latchkey.api;version=1.0.0,org.latchkey.api.extension;version=1.0.0,"
                                + "org.latchkey.kernel.testing",
                        "felix.log.level",
                        "1"));
        framework.start();
    }

    @Override
    protected void after() {
        try {
            framework.stop();
            framework.waitForStop(5000);
        } catch (BundleException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs and starts an empty bundle, for services to be registered by. */
    public Bundle bundle(String location, String symbolicName, String version) throws BundleException, IOException {
        Bundle bundle = context()
                .installBundle(
                        location,
                        new ByteArrayInputStream(
                                jar(Map.of("Bundle-SymbolicName", symbolicName, "Bundle-Version", version))));
        bundle.start();
        return bundle;
    }

    /** The bytes of a bundle with these headers and the given classes in it. */
    public static byte[] jar(Map<String, String> headers, Class<?>... classes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> each : classes) {
                String path = each.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(path));
                try (var code = each.getClassLoader().getResourceAsStream(path)) {
                    code.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }

    /** A file of a test, whole at once as a careful operator puts it there. */
    public static void put(Path file, byte[] content) throws IOException {
        Path partial = file.resolveSibling("." + file.getFileName() + ".part");
        java.nio.file.Files.write(partial, content);
        java.nio.file.Files.move(partial, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** The first half of something. */
    public static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }
}
