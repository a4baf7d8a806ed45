package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ComponentXmlTest {

    private static final String EXTERNAL =
            "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
    private static final String LAUGHS =
            "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><a>&c;</a>";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void p32_aDocumentTypeInWhatTheServerReadsIsRefused() throws Exception {
        refused("OSGI-INF/a.xml", EXTERNAL, "DOCTYPE");
        refused("OSGI-INF/metatype/deep/a.xml", LAUGHS, "DOCTYPE");
        refused("other/comp1.xml", EXTERNAL, "DOCTYPE");
        refused("plain.xml", EXTERNAL, "DOCTYPE");
    }

    @Test
    public void p32_whatIsNoXmlIsRefused() throws Exception {
        refused("OSGI-INF/a.xml", "no xml", "is no XML");
        refused("OSGI-INF/a.xml", "", "is no XML");
    }

    @Test
    public void xmlWithoutADocumentTypeAndXmlOfThePluginItselfAreFine() throws Exception {
        check("OSGI-INF/a.xml", "<a b='&lt;!DOCTYPE'/>");
        check("org/a/own.xml", LAUGHS);
    }

    private void refused(String name, String content, String reason) {
        assertThatThrownBy(() -> check(name, content))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(name)
                .hasMessageContaining(reason);
    }

    private void check(String name, String content) throws IOException, Rejection {
        RawZip zip = new RawZip()
                .with(
                        "META-INF/MANIFEST.MF",
                        "Bundle-SymbolicName: org.a\nService-Component: /plain.xml, other/comp*.xml\n")
                .with(name, content);
        Path file = folder.getRoot().toPath().resolve("test.jar");
        new ComponentXml().refuse(JarReader.read(Files.write(file, zip.toBytes())));
    }
}
