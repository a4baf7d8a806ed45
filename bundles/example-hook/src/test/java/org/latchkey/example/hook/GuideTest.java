package org.latchkey.example.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The plugin guide shows the very class that ships, and a project file with the versions of this build. */
public class GuideTest {

    private static final Path SOURCE = Path.of("src/main/java/org/latchkey/example/hook/ReservedNames.java");
    private static final String MANAGED =
            "/project/dependencyManagement/dependencies/dependency[artifactId='%s']/version";
    private static final String MANAGED_PLUGIN =
            "/project/build/pluginManagement/plugins/plugin[artifactId='%s']/version";
    private static final String USED = "/project/dependencies/dependency[artifactId='%s']/%s";
    private static final String USED_PLUGIN = "/project/build/plugins/plugin[artifactId='%s']/version";

    private final XPath xpath = XPathFactory.newInstance().newXPath();

    @Test
    public void theShownClassIsTheOneThatShips() throws IOException {
        assertThat(snippet("java")).isEqualTo(Files.readString(SOURCE));
    }

    @Test
    public void theClassHasSixteenLines() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSize(16);
    }

    @Test
    public void theShownProjectUsesTheVersionsOfThisBuild() throws Exception {
        Document guide = parse(snippet("xml"));
        Document root = parse(Files.readString(Path.of("../../pom.xml")));

        assertThat(at(guide, USED, "org.latchkey.api", "version")).isEqualTo(at(root, "/project/version"));
        assertThat(at(guide, USED, "org.osgi.service.component.annotations", "version"))
                .isEqualTo(at(root, MANAGED, "org.osgi.service.component.annotations"));
        assertThat(at(guide, USED_PLUGIN, "bnd-maven-plugin")).isEqualTo(at(root, "/project/properties/bnd.version"));
        assertThat(at(guide, USED_PLUGIN, "maven-compiler-plugin"))
                .isEqualTo(at(root, MANAGED_PLUGIN, "maven-compiler-plugin"));
        assertThat(at(guide, "/project/properties/maven.compiler.release"))
                .isEqualTo(at(root, "/project/properties/maven.compiler.release"));
    }

    @Test
    public void theShownProjectNeedsWhatThisOneNeedsAndCarriesNothingAlong() throws Exception {
        Document guide = parse(snippet("xml"));
        Document own = parse(Files.readString(Path.of("pom.xml")));

        assertThat(at(guide, "/project/artifactId")).isEqualTo(at(own, "/project/artifactId"));
        assertThat(at(guide, "count(/project/dependencies/dependency)"))
                .isEqualTo(at(own, "count(/project/dependencies/dependency)"));
        for (String each : new String[] {"org.latchkey.api", "org.osgi.service.component.annotations"}) {
            assertThat(at(guide, USED, each, "scope")).isEqualTo("provided").isEqualTo(at(own, USED, each, "scope"));
        }
    }

    private static String snippet(String language) throws IOException {
        Matcher fenced = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(fenced.find()).as("a block of " + language).isTrue();
        return fenced.group(1);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private String at(Document document, String path, Object... names) throws Exception {
        String found = xpath.evaluate(String.format(path, names), document);
        assertThat(found).as(path).isNotBlank();
        return found;
    }
}
