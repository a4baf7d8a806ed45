package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The bundles form a star: each knows the API and third parties, none knows another one. Read from the manifests of
 * what ships.
 */
public class StarTest {

    private static final String API = "org.latchkey.api";

    private final List<Manifest> manifests = manifests();

    @Test
    public void ourPackagesAreImportedFromTheApiAlone() {
        rule(
                "imports a package of another bundle; only those of " + API + " may be",
                manifest -> manifest.header("Import-Package").keySet().stream()
                        .filter(name -> name.startsWith("org.latchkey.") && !isApi(name)));
    }

    @Test
    public void onlyTheApiExports() {
        rule(
                "exports a package; only " + API + " may",
                manifest -> manifest.symbolicName().equals(API)
                        ? Stream.empty()
                        : manifest.header("Export-Package").keySet().stream());
    }

    @Test
    public void everyExportHasAVersion() {
        rule("exports a package without a version", manifest -> manifest.header("Export-Package").entrySet().stream()
                .filter(export -> export.getValue().getVersion() == null)
                .map(Map.Entry::getKey));
    }

    @Test
    public void importsAreStaticAndOfPackages() {
        rule("has a header that ties it to a bundle or hides what it needs", manifest -> Stream.of(
                        "DynamicImport-Package", "Require-Bundle", "Fragment-Host")
                .filter(header -> !manifest.header(header).isEmpty()));
    }

    @Test
    public void noBundleCarriesACopyOfTheApi() {
        rule(
                "carries classes of " + API,
                manifest -> manifest.symbolicName().equals(API)
                        ? Stream.empty()
                        : manifest.entries().stream()
                                .filter(entry -> entry.startsWith("org/latchkey/api/") && entry.endsWith(".class")));
    }

    @Test
    public void theFileIsNamedForSymbolicNameAndVersion() {
        rule("is not named <symbolic name>-<version>.jar", manifest -> Stream.of(
                        manifest.symbolicName() + "-" + manifest.version() + ".jar")
                .filter(name -> !name.equals(manifest.file())));
    }

    private interface Offences {
        Stream<String> of(Manifest manifest);
    }

    private void rule(String sentence, Offences offences) {
        assertThat(manifests)
                .as("the bundles of org.latchkey in the distribution")
                .isNotEmpty();
        assertThat(manifests.stream().flatMap(manifest -> offences.of(manifest)
                        .map(offence -> manifest.file() + " " + sentence + ": " + offence)))
                .isEmpty();
    }

    private static boolean isApi(String name) {
        return name.equals(API) || name.startsWith(API + ".");
    }

    private static List<Manifest> manifests() {
        Distribution distribution = Distribution.built();
        return Stream.of(distribution.system(), distribution.plugins())
                .flatMap(List::stream)
                .filter(jar -> jar.getFileName().toString().startsWith("org.latchkey."))
                .map(Manifest::read)
                .toList();
    }

    private record Manifest(String file, java.util.jar.Manifest content, List<String> entries) {

        static Manifest read(Path jar) {
            try (JarFile file = new JarFile(jar.toFile())) {
                List<String> entries =
                        file.stream().map(entry -> entry.getName()).toList();
                return new Manifest(jar.getFileName().toString(), file.getManifest(), entries);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        Parameters header(String name) {
            return new Parameters(content.getMainAttributes().getValue(name));
        }

        String symbolicName() {
            return header("Bundle-SymbolicName").keySet().iterator().next();
        }

        String version() {
            return content.getMainAttributes().getValue("Bundle-Version");
        }
    }
}
