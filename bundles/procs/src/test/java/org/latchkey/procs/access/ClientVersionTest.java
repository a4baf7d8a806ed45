package org.latchkey.procs.access;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.procs.Asked;

public class ClientVersionTest {

    private static void check(String minimum, String given) {
        new ClientVersion(minimum).check(Asked.of("GET", "/").header("Client-Version", given));
    }

    @Test
    public void row104VersionsAreComparedAsNumbers() {
        check("2.9.0", "2.10.0");
        check("2.0.8", "v2.0.8");
        check("2", "2.0.0-beta.1");
        check("", "0.0.1");
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> check("2.10.0", "2.9.9"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> check("2.0.8", "2.0"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> check("2.0.8", "2.0.8.9"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> check("", "dev build"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> check("", "99999999999999"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientVersion("newest"));
    }
}
