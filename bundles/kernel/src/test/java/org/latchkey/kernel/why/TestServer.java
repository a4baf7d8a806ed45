package org.latchkey.kernel.why;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.http.Endpoint;
import org.latchkey.api.kernel.Plugins;
import org.latchkey.api.service.DirectoryWriter;
import org.latchkey.api.store.Store;
import org.latchkey.kernel.deploy.Deployer;
import org.latchkey.kernel.extension.Points;
import org.latchkey.kernel.jar.JarChecks;
import org.latchkey.kernel.jar.Trust;
import org.latchkey.testkit.MemoryStore;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * A framework with Declarative Services and the kernel's deployer, some libraries, and three plugins that serve:
 * org.example.page 1.0.0 at {@code /page}, org.example.high 2.0.0, and the singleton org.example.single 1.0.0.
 */
final class TestServer extends ExternalResource {

    private static final String SHARED = Stream.of(
                    "org.latchkey.api;version=1.0.0",
                    "org.latchkey.api.extension;version=1.0.0",
                    "org.latchkey.api.http;version=1.0.0",
                    "org.latchkey.api.kernel;version=1.0.0",
                    "org.latchkey.api.service;version=1.0.0",
                    "org.latchkey.api.store;version=1.0.0",
                    "org.osgi.service.component;version=1.5.1",
                    "org.osgi.service.component.runtime;version=1.5.0",
                    "org.osgi.service.component.runtime.dto;version=1.5.0",
                    "org.osgi.service.cm;version=1.6.1",
                    "org.osgi.util.promise;version=1.3.0",
                    "org.osgi.util.function;version=1.2.0")
            .collect(Collectors.joining(","));

    private final TemporaryFolder folder;
    private Framework framework;
    private Deployer deployer;
    private Path deploy;

    TestServer(TemporaryFolder folder) {
        this.folder = folder;
    }

    @Override
    protected void before() throws Exception {
        deploy = folder.newFolder("deploy").toPath();
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.newFolder("cache").getPath(),
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        SHARED,
                        "felix.bootdelegation.implicit",
                        "false",
                        "felix.log.level",
                        "1",
                        "latchkey.deploy",
                        deploy.toString(),
                        "latchkey.data",
                        folder.newFolder("data").getPath(),
                        "latchkey.etc",
                        folder.newFolder("etc").getPath()));
        framework.start();
        context().registerService(Store.class, new MemoryStore(), null);
        for (String name : List.of("org.apache.felix.configadmin", "org.apache.felix.scr")) {
            library(name, jarOf(name));
        }
        libraries();
        kernel();
        install(BrokenJars.page("org.example.page", "page"), "page.jar");
        install(BrokenJars.hook("org.example.high").header("Bundle-Version", "2.0.0"), "high.jar");
        install(BrokenJars.hook("org.example.single;singleton:=true"), "single.jar");
    }

    private void libraries() throws Exception {
        library(
                "org.latchkey.directory",
                TestJar.named("org.latchkey.directory").build());
        library("lib1", exporting("org.acme.lib.one", "org.acme.lib;version=1.4.0"));
        library("lib2", exporting("org.acme.lib.two", "org.acme.lib;version=2.1.0"));
        library(
                "user",
                TestJar.named("org.acme.user")
                        .header("Import-Package", "org.acme.lib;version=\"[1,2)\"")
                        .header("Export-Package", "org.acme.user;version=1.0.0;uses:=\"org.acme.lib\"")
                        .build());
    }

    private static byte[] exporting(String name, String packages) {
        return TestJar.named(name)
                .without("Import-Package")
                .header("Export-Package", packages)
                .build();
    }

    private void library(String location, byte[] jar) throws Exception {
        context().installBundle(location, new ByteArrayInputStream(jar)).start();
    }

    private void kernel() throws Exception {
        Points points = new Points(
                context(),
                context().getService(context().getServiceReference(ConfigurationAdmin.class)),
                defaults(Points.Config.class));
        points.of(DirectoryHook.class);
        points.of(Endpoint.class);
        points.of(HealthCheck.class);
        context().registerService(DirectoryWriter.class, none(DirectoryWriter.class), null);
        Trust trust =
                new Trust(context(), context().getService(context().getServiceReference(ConfigurationAdmin.class)));
        deployer = new Deployer(
                context(),
                points,
                context().getService(context().getServiceReference(ServiceComponentRuntime.class)),
                new JarChecks(context(), trust),
                trust,
                defaults(Deployer.Config.class));
    }

    /** Deploys by hand what serves, under a name that an upload would not give it. */
    private void install(TestJar jar, String name) throws IOException {
        drop(name, jar.build());
        String expected = name;
        await(() -> deployer.list().stream()
                .anyMatch(each -> each.file().equals(expected) && !each.state().equals("rejected")));
    }

    void drop(String name, byte[] jar) throws IOException {
        Path partial = Files.write(deploy.resolve("." + name + ".part"), jar);
        Files.move(partial, deploy.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    interface Check {
        boolean holds() throws IOException;
    }

    static void await(Check check) throws IOException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!check.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come to that within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    protected void after() {
        try {
            Method deactivate = Deployer.class.getDeclaredMethod("deactivate");
            deactivate.setAccessible(true);
            deactivate.invoke(deployer);
            framework.stop();
            framework.waitForStop(5000);
        } catch (ReflectiveOperationException | InterruptedException | BundleException failed) {
            throw new IllegalStateException(failed);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Plugins plugins() {
        return deployer;
    }

    /** Whether the file was rejected and lies in the deploy directory no more. */
    boolean isPutAside(String name) throws IOException {
        return reason(name).isPresent() && !Files.exists(deploy.resolve(name));
    }

    /** The line beside a rejected file. */
    Optional<String> reason(String name) throws IOException {
        Path file = deploy.resolve(".rejected").resolve(name + ".reason.txt");
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(line -> !line.isEmpty())
                : Optional.empty();
    }

    /** All of the framework that a check could have changed, and of the deploy directory. */
    Map<String, String> state() throws Exception {
        Map<String, String> state = new TreeMap<>();
        for (Bundle bundle : context().getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            state.put(
                    bundle.getBundleId() + " " + bundle,
                    bundle.getState() + " " + (bundle.getBundleId() == 0 ? 0 : bundle.getLastModified()) + " "
                            + System.identityHashCode(bundle.adapt(BundleRevision.class)) + " "
                            + System.identityHashCode(wiring) + " "
                            + (wiring == null
                                    ? ""
                                    : wiring.getRequiredWires(null) + " " + wiring.getProvidedWires(null))
                            + " " + (bundle.getServicesInUse() == null ? 0 : bundle.getServicesInUse().length)
                            + " "
                            + (bundle.getRegisteredServices() == null ? 0 : bundle.getRegisteredServices().length));
        }
        try (Stream<Path> files = Files.walk(deploy)) {
            for (Path file : files.toList()) {
                state.put(file.toString(), Files.getLastModifiedTime(file).toString());
            }
        }
        state.put("plugins", deployer.list().toString());
        return state;
    }

    /** Whether a jar that is installed and started by nobody but the framework gets to offer a service. */
    boolean servesByItself(byte[] jar) throws IOException {
        Optional<Bundle> bundle = Optional.empty();
        try {
            bundle = Optional.of(context().installBundle("by itself", new ByteArrayInputStream(jar)));
            bundle.get().start();
            return Optional.ofNullable(bundle.get().getRegisteredServices()).stream()
                    .flatMap(Stream::of)
                    .anyMatch(reference -> context().getService(reference) != null);
        } catch (BundleException refused) {
            return false;
        } finally {
            if (bundle.isPresent()) {
                uninstall(bundle.get());
            }
        }
    }

    private static void uninstall(Bundle bundle) throws IOException {
        try {
            bundle.uninstall();
        } catch (BundleException failed) {
            throw new IOException(failed);
        }
    }

    /** The id that the next bundle gets. */
    long nextBundleId() throws Exception {
        Bundle probe = context()
                .installBundle(
                        "probe", new ByteArrayInputStream(TestJar.named("probe").build()));
        probe.uninstall();
        return probe.getBundleId() + 1;
    }

    private static byte[] jarOf(String name) throws IOException {
        for (String each : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(java.io.File.pathSeparator)) {
            if (Path.of(each).getFileName().toString().startsWith(name + "-")) {
                return Files.readAllBytes(Path.of(each));
            }
        }
        throw new AssertionError(name + " is not on the class path");
    }

    private static <T> T defaults(Class<T> config) {
        return config.cast(Proxy.newProxyInstance(
                config.getClassLoader(),
                new Class<?>[] {config},
                (proxy, method, arguments) -> method.getDefaultValue()));
    }

    private static <T> T none(Class<T> service) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException();
                }));
    }
}
