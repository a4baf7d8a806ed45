package org.latchkey.kernel.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.latchkey.kernel.jar.JarReader;
import org.latchkey.kernel.testing.RunningFramework;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/** For random bundles among random others: they are said to resolve exactly when the framework resolves them. */
public class WiringPredictionTest {

    private static final int LIBRARIES = 12;
    private static final int CANDIDATES = 120;
    private static final List<String> PACKAGES = List.of("acme.a", "acme.b", "acme.c", "acme.d");

    private final TemporaryFolder folder = new TemporaryFolder();
    private final RunningFramework framework = new RunningFramework(folder);

    @Rule
    public final TestRule rules = RuleChain.outerRule(folder).around(framework);

    private final Random random = new Random(7);

    private String range() {
        int from = random.nextInt(12) == 0 ? 4 : 1 + random.nextInt(3);
        return random.nextInt(2) == 0 ? "0" : "[" + from + "," + (from + 1) + ")";
    }

    private List<String> some() {
        List<String> some = new ArrayList<>(PACKAGES);
        some.removeIf(each -> random.nextInt(2) == 0);
        return some;
    }

    private String imports(List<String> packages) {
        List<String> clauses = new ArrayList<>(List.of("org.latchkey.api"));
        packages.forEach(each -> clauses.add(
                each + ";version=\"" + range() + "\"" + (random.nextInt(8) == 0 ? ";resolution:=optional" : "")));
        return String.join(",", clauses);
    }

    private byte[] library(int number) {
        String exported = PACKAGES.get(number % PACKAGES.size());
        List<String> imported = some();
        imported.remove(exported);
        TestJar jar = TestJar.named("org.acme.library" + number).header("Import-Package", imports(imported));
        String uses = imported.isEmpty() ? "" : ";uses:=\"" + String.join(",", imported) + "\"";
        return jar.header("Export-Package", exported + ";version=" + (1 + number / PACKAGES.size()) + ".0" + uses)
                .build();
    }

    private Bundle install(String location, byte[] jar) throws Exception {
        return framework.context().installBundle(location, new ByteArrayInputStream(jar));
    }

    private List<Finding> predicted(byte[] jar) throws Exception {
        var file = Files.write(folder.newFile().toPath(), jar);
        return new Preflight(framework.context()).findings(Candidate.of(JarReader.read(file)));
    }

    @Test
    public void p14_whatIsSaidToResolveResolvesAndNothingElse() throws Exception {
        FrameworkWiring wiring =
                framework.context().getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        List<Bundle> libraries = new ArrayList<>();
        for (int number = 0; number < LIBRARIES; number++) {
            libraries.add(install("library" + number, library(number)));
        }
        wiring.resolveBundles(libraries);
        int resolved = 0;
        int conflicts = 0;
        for (int number = 0; number < CANDIDATES; number++) {
            String header = imports(some());
            byte[] jar = TestJar.named("org.example.candidate")
                    .header("Import-Package", header)
                    .build();
            List<Finding> said = predicted(jar);
            Bundle bundle = install("candidate" + number, jar);
            boolean resolves = wiring.resolveBundles(List.of(bundle));
            assertThat(said.isEmpty()).as(header + said).isEqualTo(resolves);
            conflicts += said.toString().contains("(uses constraint)") ? 1 : 0;
            resolved += resolves ? 1 : 0;
            bundle.uninstall();
        }
        assertThat(resolved).as("both outcomes occur").isBetween(CANDIDATES / 10, CANDIDATES * 9 / 10);
        assertThat(conflicts).as("conflicts occur").isGreaterThan(CANDIDATES / 20);
    }
}
