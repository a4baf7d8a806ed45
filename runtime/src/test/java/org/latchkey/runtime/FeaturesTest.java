package org.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FeaturesTest {

    private static final String PLATFORM = """
            {
              "feature-resource-version": "1.0",
              "id": "g:platform:1",
              "name": "Platform",
              // a comment
              "bundles": [ { "id": "g:a:1.0" }, { "id": "g:b:2.0", "latchkey.bootstrap": false } ],
              "extensions": { "framework-launching-properties": { "kind": "mandatory", "type": "json",
                "json": { "text": "x", "number": 5, "truth": true, "both": "platform" } } }
            }
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void bundlesComeInTheOrderOfFilesAndLines() throws IOException {
        write("platform.json", PLATFORM);
        write("core.json", "{ \"id\": \"g:core:1\", \"bundles\": [ { \"id\": \"g:c:3\" } ] }");
        assertThat(read().bundles()).extracting(BundleId::toString).containsExactly("g:c:3", "g:a:1.0", "g:b:2.0");
    }

    @Test
    public void pluginsDoNotRun() throws IOException {
        write("platform.json", PLATFORM);
        write("plugins.json", "{ \"id\": \"g:p:1\", \"bundles\": [ { \"id\": \"g:x.y:1.2.3\" } ] }");
        assertThat(read().plugins()).extracting(BundleId::fileName).containsExactly("x.y-1.2.3.jar");
        assertThat(read().bundles()).hasSize(2);
    }

    @Test
    public void someBundlesStayOutOfTheBootstrap() throws IOException {
        write("platform.json", PLATFORM);
        assertThat(read().bootstrapBundles()).containsExactly(new BundleId("g", "a", "1.0"));
    }

    @Test
    public void frameworkPropertiesAreMergedAsText() throws IOException {
        write("platform.json", PLATFORM);
        write("z.json", PLATFORM.replace("\"both\": \"platform\"", "\"both\": \"z\""));
        assertThat(read().frameworkProperties())
                .containsEntry("text", "x")
                .containsEntry("number", "5")
                .containsEntry("truth", "true")
                .containsEntry("both", "z")
                .hasSize(4);
    }

    @Test
    public void whatHasNoMeaningHereIsRefusedWithItsPlace() throws IOException {
        for (String member : List.of(
                "\"configurations\": {}",
                "\"bundles\": [ { \"id\": \"g:a:1\", \"start\": 1 } ]",
                "\"extensions\": { \"other\": {} }")) {
            write("core.json", "{ \"id\": \"g:core:1\",\n " + member + " }");
            assertThatThrownBy(this::read)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("core.json, line 2, column ")
                    .hasMessageContaining("has no meaning here");
        }
    }

    @Test
    public void brokenDocumentsAreRefused() throws IOException {
        for (String text : List.of(
                "",
                "[]",
                "{ \"id\": \"g:core:1\"",
                "{ \"bundles\": [] }",
                "{ \"id\": \"g:core\" }",
                "{ \"id\": \"g:core:${project.version}\" }",
                "{ \"id\": \"g:core:1\", \"bundles\": [ \"g:a:1\" ] }",
                "{ \"id\": \"g:core:1\", \"bundles\": [ {} ] }")) {
            write("core.json", text);
            assertThatThrownBy(this::read)
                    .as(text)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("core.json");
        }
    }

    @Test
    public void aDirectoryWithoutFeaturesIsRefused() {
        assertThatThrownBy(this::read).isInstanceOf(StartRefused.class).hasMessageContaining("no feature");
    }

    @Test
    public void theFeaturesOfTheSourcesCanBeRead() throws IOException {
        for (Path source : Features.files(Path.of("../features"))) {
            write(source.getFileName().toString(), Files.readString(source).replaceAll("\\$\\{[^}]*}", "1"));
        }
        assertThat(read().bundles()).extracting(BundleId::artifact).contains("org.latchkey.api");
        assertThat(read().plugins()).isNotEmpty();
        assertThat(read().frameworkProperties()).containsKey("org.osgi.framework.system.packages.extra");
    }

    private Features read() {
        return Features.read(folder.getRoot().toPath());
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve(file), text);
    }
}
