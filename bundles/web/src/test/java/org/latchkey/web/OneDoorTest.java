package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.web.certificate.CertificateDesk;
import org.latchkey.web.feed.Feeds;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.launch.Framework;
import org.osgi.service.http.HttpService;

/** In a real framework, with empty bundles in the parts of HTTP server, web and plugin. */
public class OneDoorTest {

    private static final String SERVLET = Servlet.class.getName();
    private static final String OLD_SERVICE = HttpService.class.getName();

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private Framework framework;
    private BundleContext server;
    private BundleContext web;
    private BundleContext plugin;
    private final List<Integer> seenByServer = new ArrayList<>();

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(
                        Map.of("org.osgi.framework.storage", cache.getRoot().getPath()));
        framework.start();
        server = bundle("org.apache.felix.http.jetty12");
        web = bundle("org.latchkey.web");
        plugin = bundle("org.example.plugin");
        OneDoor door = new OneDoor(web);
        web.registerService(new String[] {EventListenerHook.class.getName(), FindHook.class.getName()}, door, null);
        server.addServiceListener(event -> seenByServer.add(event.getType()));
        seenByServer.clear();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private BundleContext bundle(String symbolicName) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        var installed = framework.getBundleContext().installBundle(symbolicName, jar(manifest));
        installed.start();
        return installed.getBundleContext();
    }

    private static ByteArrayInputStream jar(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static ServiceRegistration<?> register(BundleContext from, String type, String... properties) {
        Hashtable<String, Object> table = new Hashtable<>();
        for (String property : properties) {
            table.put(property, "/*");
        }
        Filter filter = (request, response, chain) -> {};
        FakePoints points = new FakePoints();
        Feeds feeds = new Feeds(points, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        return type.equals(Filter.class.getName())
                ? from.registerService(type, filter, table)
                : from.registerService(type, new FrontServlet(points, CertificateDesk.closed(), feeds, ""), table);
    }

    @Test
    public void p19_theServerDoesNotSeeTheServletOfAPlugin() throws Exception {
        register(plugin, SERVLET, "osgi.http.whiteboard.servlet.pattern");
        register(plugin, Servlet.class.getName());
        register(plugin, Object.class.getName(), "osgi.http.whiteboard.resource.pattern");
        register(plugin, Filter.class.getName());
        assertThat(seenByServer).isEmpty();
        assertThat(server.getAllServiceReferences(SERVLET, null)).isNull();
        assertThat(server.getServiceReferences(SERVLET, null)).isNull();
        assertThat(server.getServiceReferences((String) null, "(osgi.http.whiteboard.resource.pattern=*)"))
                .isNull();
    }

    @Test
    public void theServerSeesOurServlet() throws Exception {
        register(web, SERVLET, "osgi.http.whiteboard.servlet.pattern");
        assertThat(seenByServer).containsExactly(ServiceEvent.REGISTERED);
        assertThat(server.getServiceReferences(SERVLET, null)).hasSize(1);
    }

    @Test
    public void theServerSeesWhatIsNotForIt() {
        register(plugin, Object.class.getName(), "latchkey.mount").unregister();
        assertThat(seenByServer).containsExactly(ServiceEvent.REGISTERED, ServiceEvent.UNREGISTERING);
    }

    @Test
    public void pluginsSeeOneAnothersServicesAsEver() throws Exception {
        register(plugin, SERVLET);
        assertThat(plugin.getAllServiceReferences(SERVLET, null)).hasSize(1);
    }

    @Test
    public void p19_aPluginDoesNotSeeTheOldHttpService() throws Exception {
        List<Integer> seen = new ArrayList<>();
        plugin.addServiceListener(event -> seen.add(event.getType()));
        Object service = Proxy.newProxyInstance(
                HttpService.class.getClassLoader(), new Class<?>[] {HttpService.class}, (self, method, given) -> null);
        server.registerService(OLD_SERVICE, service, null);
        assertThat(seen).isEmpty();
        assertThat(plugin.getAllServiceReferences(OLD_SERVICE, null)).isNull();
        assertThat(server.getAllServiceReferences(OLD_SERVICE, null)).hasSize(1);
    }
}
