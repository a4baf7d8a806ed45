package org.latchkey.kernel.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.apache.felix.utils.resource.ResourceImpl;
import org.junit.Test;
import org.osgi.framework.BundleException;

public class WantedTest {

    private static String imported(String clause) throws BundleException {
        Map<String, String> headers =
                Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "x", "Import-Package", clause);
        return Wanted.by(ResourceBuilder.build(null, headers)
                        .getRequirements(null)
                        .get(0))
                .text();
    }

    @Test
    public void theVersionsAreThoseOfTheHeader() throws BundleException {
        assertThat(imported("p")).isEqualTo("p");
        assertThat(imported("p;version=1.2")).isEqualTo("p 1.2.0");
        assertThat(imported("p;version=\"[1.2,2)\"")).isEqualTo("p [1.2.0,2.0.0)");
        assertThat(imported("p;version=\"(1,2]\"")).isEqualTo("p (1.0.0,2.0.0]");
        assertThat(imported("p;version=\"[1,1]\"")).isEqualTo("p [1.0.0,1.0.0]");
    }

    @Test
    public void aFilterThatNamesNothingIsShownWhole() throws BundleException {
        assertThat(Wanted.by(ResourceBuilder.parseRequirement(new ResourceImpl(), "acme;filter:=\"(colour=red)\"")
                                .get(0))
                        .text())
                .isEqualTo("(colour=red)");
    }
}
