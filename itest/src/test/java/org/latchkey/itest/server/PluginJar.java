package org.latchkey.itest.server;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Builds a plugin from source, as its author would: compiled against the API and made a bundle by bnd, with
 * nothing else.
 */
public final class PluginJar {

    private final String symbolicName;
    private String version = "1.0.0";
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private PluginJar(String symbolicName) {
        this.symbolicName = symbolicName;
    }

    public static PluginJar named(String symbolicName) {
        return new PluginJar(symbolicName);
    }

    public PluginJar version(String changed) {
        version = changed;
        return this;
    }

    /** Adds a class of the plugin's root package; the usual imports are there. */
    public PluginJar source(String className, String body) {
        sources.put(
                className,
                String.join(
                                "\n",
                                "package " + symbolicName + ";",
                                "import java.util.*;",
                                "import java.util.concurrent.*;",
                                "import org.latchkey.api.*;",
                                "import org.latchkey.api.extension.*;",
                                "import org.latchkey.api.http.*;",
                                "import org.latchkey.api.service.*;",
                                "import org.osgi.service.component.annotations.*;")
                        + "\n"
                        + body);
        return this;
    }

    public PluginJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Path build() {
        try {
            Path folder = Files.createTempDirectory("plugin");
            Path jar = folder.resolve(symbolicName + "-" + version + ".jar");
            bundle(compile(folder), jar);
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same jar, as another version of itself. */
    public static Path reversioned(Path jar, String version) {
        return changed(jar, Map.of("Bundle-Version", version));
    }

    /** The same jar, with these headers in its manifest. */
    public static Path changed(Path jar, Map<String, String> headers) {
        try (JarFile from = new JarFile(jar.toFile())) {
            Path changed = Files.createTempDirectory("plugin").resolve("changed.jar");
            Manifest manifest = new Manifest(from.getManifest());
            headers.forEach(manifest.getMainAttributes()::putValue);
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(changed), manifest)) {
                for (JarEntry entry : Collections.list(from.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        to.putNextEntry(new JarEntry(entry.getName()));
                        to.write(from.getInputStream(entry).readAllBytes());
                    }
                }
            }
            return changed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path compile(Path folder) throws IOException {
        Path sourceFolder = Files.createDirectories(folder.resolve("src"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(sourceFolder.resolve(source.getKey() + ".java"), source.getValue());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> written = Files.list(sourceFolder)) {
            List<File> units = written.map(Path::toFile).toList();
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp", classPath());
            boolean compiled = units.isEmpty()
                    || compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromFiles(units))
                            .call();
            if (!compiled) {
                throw new AssertionError("The plugin " + symbolicName + " does not compile");
            }
        }
        return classes;
    }

    private void bundle(Path classes, Path jar) throws IOException {
        try (Builder builder = new Builder()) {
            builder.setJar(new Jar(classes.toFile()));
            for (String each : classPath().split(File.pathSeparator)) {
                builder.addClasspath(new File(each));
            }
            builder.setProperty("Bundle-SymbolicName", symbolicName);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty(Analyzer.NOIMPORTJAVA, "true");
            headers.forEach(builder::setProperty);
            builder.build().write(jar.toFile());
            if (!builder.getErrors().isEmpty()) {
                throw new AssertionError(builder.getErrors());
            }
        } catch (IOException | RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
