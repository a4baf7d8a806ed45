package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.AfterClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PluginRuleTest {

    private static final Set<PluginRule> seen = EnumSet.noneOf(PluginRule.class);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @AfterClass
    public static void everyRuleHasATest() {
        assertThat(seen).containsExactlyInAnyOrder(PluginRule.values());
    }

    @Test
    public void p20_noFragment() throws Exception {
        refused(PluginRule.FRAGMENT, "Fragment-Host: org.latchkey.kernel", "another bundle: org.latchkey.kernel");
        refused(PluginRule.FRAGMENT, "Fragment-Host: system.bundle; extension:=framework", "another bundle");
    }

    @Test
    public void p20_noExportAtAll() throws Exception {
        refused(PluginRule.EXPORTS_JAVA, "Export-Package: java.lang", "java.lang, a package of Java itself");
        refused(PluginRule.EXPORTS_THE_API, "Export-Package: org.latchkey.api.http", "a package of Latchkey's API");
        refused(
                PluginRule.SPLITS_A_PACKAGE,
                "Export-Package: org.x;uses:=\"a,b\";version=\"[1,2)\", org.server;version=1",
                "org.server, which the server exports already");
        refused(PluginRule.EXPORTS, "Export-Package: org.a;version=1", "It exports org.a. A plugin exports nothing");
    }

    @Test
    public void p20_noCopyOfTheApi() throws Exception {
        refused(
                PluginRule.EMBEDS_THE_API,
                bundle("Bundle-Name: x").with("org/latchkey/api/Entity.class", ""),
                "a copy");
        refused(
                PluginRule.EMBEDS_THE_API,
                bundle("Bundle-Name: x").with("META-INF/versions/17/org/latchkey/api/Entity.class", ""),
                "a copy");
    }

    @Test
    public void p20_noBundleRequired() throws Exception {
        refused(
                PluginRule.REQUIRES_A_BUNDLE,
                "Require-Bundle: org.latchkey.kernel;bundle-version=\"[0,1)\"",
                "the whole bundle org.latchkey.kernel.");
    }

    @Test
    public void p20_noDynamicImportOfAnything() throws Exception {
        refused(PluginRule.IMPORTS_ANYTHING, "DynamicImport-Package: *", "It imports * dynamically");
        refused(PluginRule.IMPORTS_ANYTHING, "DynamicImport-Package: org.b, org.latchkey.*", "org.latchkey.*");
        accepted("DynamicImport-Package: org.b");
    }

    @Test
    public void p20_noHooksOfTheFramework() throws Exception {
        refused(PluginRule.WEAVING_HOOK, "Import-Package: org.osgi.framework.hooks.weaving", "rewrites the classes");
        refused(PluginRule.RESOLVER_HOOK, "Import-Package: org.osgi.framework.hooks.resolver;version=1", "wired to");
        refused(
                PluginRule.SERVICE_HOOK,
                "Import-Package: org.b;resolution:=optional;x=\"a;b\", org.osgi.framework.hooks.service;resolution:=optional",
                "which services others see");
        refused(PluginRule.BUNDLE_HOOK, "DynamicImport-Package: org.osgi.framework.hooks.bundle", "which bundles");
        refused(PluginRule.URL_HANDLER, "Import-Package: org.osgi.service.url", "whole process");
        refused(PluginRule.PERMISSIONS, "Import-Package: org.osgi.service.condpermadmin", "permissions");
        refused(PluginRule.FRAMEWORK, "Import-Package: org.osgi.framework.launch", "hook into the framework");
        accepted("Import-Package: org.osgi.framework;version=\"[1.10,2)\", org.osgi.service.cm");
    }

    @Test
    public void p20_noHookInAManifestForNewerJava() throws Exception {
        refused(
                PluginRule.WEAVING_HOOK,
                bundle("Multi-Release: true")
                        .with(
                                "META-INF/versions/11/OSGI-INF/MANIFEST.MF",
                                "Import-Package: org.osgi.framework.hooks.weaving\n"),
                "rewrites the classes");
    }

    @Test
    public void p20_noCapabilityThatTheServerCouldDependOn() throws Exception {
        refused(
                PluginRule.STANDS_IN_FOR_THE_SERVER,
                "Provide-Capability: osgi.service;objectClass:List<String>=\"a,b\",osgi.extender;osgi.extender=osgi.component",
                "the capability osgi.extender");
        accepted("Provide-Capability: osgi.service;objectClass:List<String>=\"a,b\";uses:=\"c\"");
    }

    @Test
    public void p20_noNativeCodeAndNoAgent() throws Exception {
        refused(PluginRule.NATIVE_CODE, "Bundle-NativeCode: lib/x.so;osname=Linux", "native code");
        refused(PluginRule.AGENT, "Launcher-Agent-Class: org.a.Agent", "a Java agent");
        refused(PluginRule.AGENT, "Premain-Class: org.a.Agent", "a Java agent");
    }

    @Test
    public void p20_nothingIsNamedThatIsNotInTheJar() throws Exception {
        refused(
                PluginRule.COMPONENT_OUTSIDE,
                "Service-Component: OSGI-INF/a.xml",
                "OSGI-INF/a.xml, which is not in it");
        refused(PluginRule.COMPONENT_OUTSIDE, "Service-Component: ../*.xml", "which is not in it");
        refused(PluginRule.CLASS_PATH_OUTSIDE, "Bundle-ClassPath: ., ../../lib/a.jar", "../../lib/a.jar");
        refused(PluginRule.CLASS_PATH_OUTSIDE, "Bundle-ClassPath: external:/tmp/a.jar", "external:/tmp/a.jar");
        accepted("Service-Component: OSGI-INF/*.xml");
        new PluginRules(Set::of)
                .refuse(read(bundle("Bundle-ClassPath: .,lib,/lib/a.jar").with("lib/a.jar", "x")));
    }

    @Test
    public void aManifestThatTheFrameworkWouldReadInPartIsRefused() throws Exception {
        RawZip old = new RawZip().with("META-INF/MANIFEST.MF", "Bundle-SymbolicName: org.a\n");
        refused(PluginRule.OLD_MANIFEST, old, "Bundle-ManifestVersion: 2");
    }

    private void accepted(String header) throws IOException, Rejection {
        new PluginRules(Set::of).refuse(read(bundle(header)));
    }

    private void refused(PluginRule rule, String header, String reason) throws IOException, Rejection {
        refused(rule, bundle(header), reason);
    }

    private void refused(PluginRule rule, RawZip zip, String reason) throws IOException, Rejection {
        Jar jar = read(zip);
        seen.add(rule);
        assertThat(rule.brokenBy(Candidate.of(jar, Set.of("org.server"))))
                .hasValueSatisfying(said -> assertThat(said).contains(reason));
        assertThatThrownBy(() -> new PluginRules(() -> Set.of("org.server")).refuse(jar))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(reason);
    }

    private Jar read(RawZip zip) throws IOException, Rejection {
        Path file = folder.getRoot().toPath().resolve("test.jar");
        return JarReader.read(Files.write(file, zip.toBytes()));
    }

    private static RawZip bundle(String header) {
        return new RawZip()
                .with(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: org.a\n" + header
                                + "\n");
    }
}
