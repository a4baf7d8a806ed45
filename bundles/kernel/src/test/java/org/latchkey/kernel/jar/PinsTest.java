package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Version;

public class PinsTest {

    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);

    @Test
    public void p06_onlyThePinnedContentPasses() throws Exception {
        new Pins(List.of("org.a=" + HASH)).refuse(jar("org.a", HASH));
        new Pins(List.of("org.a = " + OTHER, "org.a=" + HASH.toUpperCase())).refuse(jar("org.a", HASH));
        new Pins(List.of(HASH)).refuse(jar("org.a", HASH));
        refused(List.of("org.a=" + OTHER), "another jar than the one pinned for org.a");
        refused(List.of("org.b=" + HASH), "org.a is not in the setting pins");
        refused(List.of(), "its SHA-256 is " + HASH);
    }

    @Test
    public void aPinThatIsNoneRefusesEveryJar() {
        for (String pin : new String[] {"org.a=abc", "org.a", "=" + HASH, "org.a:" + HASH}) {
            refused(List.of(HASH, pin), "No jar is accepted: the setting pins of latchkey.trust is wrong");
        }
    }

    private static void refused(List<String> pins, String reason) {
        assertThatThrownBy(() -> new Pins(pins).refuse(jar("org.a", HASH)))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(reason);
    }

    private static Jar jar(String name, String sha256) {
        return new Jar(Path.of("a.jar"), name, Version.emptyVersion, sha256);
    }
}
