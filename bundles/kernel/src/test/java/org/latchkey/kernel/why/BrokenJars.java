package org.latchkey.kernel.why;

import static org.latchkey.kernel.why.TestJar.named;
import static org.latchkey.kernel.why.TestJar.provides;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.latchkey.kernel.testing.RunningFramework;
import org.latchkey.kernel.why.plugin.Hook;
import org.latchkey.kernel.why.plugin.Page;

/** Jars, each broken in one way that its name tells, for the server of {@link TestServer}. */
final class BrokenJars {

    private static final String HOOK = "org.latchkey.api.extension.DirectoryHook";
    private static final String ENDPOINT = "org.latchkey.api.http.Endpoint";

    private final Map<String, byte[]> jars = new LinkedHashMap<>();

    private BrokenJars() {}

    static Map<String, byte[]> all() {
        BrokenJars broken = new BrokenJars();
        broken.noBundles();
        broken.unresolvable();
        broken.inTheWay();
        broken.withoutTheirClass();
        broken.unused();
        return broken.jars;
    }

    private void add(String name, TestJar jar) {
        jars.put(name, jar.build());
    }

    /** A hook that works. */
    static TestJar hook(String symbolicName) {
        return named(symbolicName).with(Hook.class).component("hook", Hook.class, provides(HOOK));
    }

    /** An endpoint that works. */
    static TestJar page(String symbolicName, String mount) {
        return named(symbolicName).with(Page.class).component("page", Page.class, mounted(mount));
    }

    private static String mounted(String mount) {
        return "<property name=\"latchkey.mount\" value=\"" + mount + "\"/>" + provides(ENDPOINT);
    }

    private void noBundles() {
        jars.put("empty", new byte[0]);
        jars.put("cut-off", RunningFramework.half(hook("org.example.half").build()));
        jars.put("error-page", "<html>404 Not Found</html>".getBytes(StandardCharsets.UTF_8));
        jars.put("plain-zip", zip("readme.txt"));
        jars.put("leads-out", zip("../../etc/passwd"));
        add("plain-jar", named("x").without("Bundle-SymbolicName").with(Hook.class));
        add("word-as-version", hook("org.example.word").header("Bundle-Version", "latest"));
        add("fragment", hook("org.example.fragment").header("Fragment-Host", "org.latchkey.kernel"));
        add("imports-twice", hook("org.example.twice").imports("org.latchkey.api"));
    }

    private void unresolvable() {
        add("missing-package", hook("org.example.missing").imports("org.acme.missing;version=\"[1.2,2)\""));
        add("other-version", hook("org.example.other").imports("org.acme.lib;version=\"[3,4)\""));
        add("package-of-no-api", hook("org.example.future").imports("org.latchkey.api.future"));
        add(
                "newer-api",
                hook("org.example.newer")
                        .header(
                                "Import-Package",
                                "org.latchkey.api;version=\"[7.1,8)\","
                                        + "org.latchkey.api.extension;version=\"[1,2)\""));
        add(
                "older-api",
                hook("org.example.older")
                        .header(
                                "Import-Package",
                                "org.latchkey.api;version=\"[1,2)\","
                                        + "org.latchkey.api.extension;version=\"[0.5,1)\""));
        add(
                "missing-capability",
                hook("org.example.capability")
                        .header(
                                "Require-Capability",
                                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=9.0.0)(!(version>=10.0.0)))\""));
        add(
                "missing-bundle",
                hook("org.example.bundle").header("Require-Bundle", "org.acme.nobody;bundle-version=\"[1,2)\""));
        add(
                "later-java",
                hook("org.example.later")
                        .header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
        add(
                "later-java-old-header",
                hook("org.example.bree").header("Bundle-RequiredExecutionEnvironment", "JavaSE-99"));
        add("uses-conflict", hook("org.example.uses").imports("org.acme.user,org.acme.lib;version=\"[2,3)\""));
    }

    private void inTheWay() {
        add("part-of-the-server", hook("org.latchkey.directory"));
        add("own-api", hook("org.example.api").with(org.latchkey.api.extension.DirectoryHook.class));
        add("second-singleton", hook("org.example.single;singleton:=true").header("Bundle-Version", "1.1.0"));
        add("lower-version", hook("org.example.high").header("Bundle-Version", "1.9.0"));
        add("already-there", page("org.example.page", "elsewhere"));
    }

    private void withoutTheirClass() {
        add("no-activator", hook("org.example.activator").header("Bundle-Activator", "org.example.Nobody"));
        add("no-description", hook("org.example.description").header("Service-Component", "OSGI-INF/nobody.xml"));
        add("description-no-xml", hook("org.example.xml").entry("OSGI-INF/hook.xml", "<component><oops></component>"));
        add(
                "description-with-entity",
                hook("org.example.entity")
                        .entry(
                                "OSGI-INF/hook.xml",
                                "<!DOCTYPE component [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><component>&x;</component>"));
        add("no-component-class", named("org.example.class").component("hook", Hook.class, provides(HOOK)));
        add(
                "class-of-later-java",
                named("org.example.major").compiledFor(99, Hook.class).component("hook", Hook.class, provides(HOOK)));
        add(
                "service-not-imported",
                named("org.example.unseen")
                        .without("Import-Package")
                        .with(Hook.class)
                        .component("hook", Hook.class, provides(HOOK)));
    }

    private void unused() {
        add("nothing-in-it", named("org.example.nothing"));
        add(
                "waits-for-service",
                waiting("org.example.waits", "<reference name=\"bank\" interface=\"org.acme.Bank\"/>"));
        add(
                "waits-for-target",
                waiting(
                        "org.example.target",
                        "<reference name=\"hook\" interface=\"org.latchkey.api.http.Endpoint\" target=\"(kind=gold)\"/>"));
        add(
                "waits-for-configuration",
                named("org.example.configured")
                        .with(Hook.class)
                        .description(
                                "hook",
                                Hook.class.getName(),
                                "configuration-policy=\"require\" configuration-pid=\"example.configured\"",
                                provides(HOOK)));
        add("reserved-mount", page("org.example.reserved", "admin"));
        add("taken-mount", page("org.example.taken", "page"));
        add("no-mount", page("org.example.mount", "a/b"));
        add(
                "taken-slot",
                named("org.example.slot")
                        .imports("org.latchkey.api.store;version=\"[1,2)\"")
                        .with(Hook.class)
                        .component("store", Hook.class, provides("org.latchkey.api.store.Store")));
    }

    private static TestJar waiting(String name, String reference) {
        return named(name).with(Hook.class).component("hook", Hook.class, reference + provides(HOOK));
    }

    private static byte[] zip(String entry) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
