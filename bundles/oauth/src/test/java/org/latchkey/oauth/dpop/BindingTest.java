package org.latchkey.oauth.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class BindingTest {

    @Test
    public void aTokenMayBeBoundToAKeyAndToACertificate() {
        Binding both = new Binding(Optional.of("key"), Optional.of("cert"));
        assertThat(both.claims()).isEqualTo(Map.of("cnf", Map.of("jkt", "key", "x5t#S256", "cert")));
        assertThat(Binding.of(both.claims())).isEqualTo(both);
        assertThat(both.tokenType()).isEqualTo("DPoP");
        Binding certificate = new Binding(Optional.empty(), Optional.of("cert"));
        assertThat(Binding.of(certificate.claims())).isEqualTo(certificate);
        assertThat(certificate.isBound()).isTrue();
        assertThat(certificate.tokenType()).as("RFC 8705, 3").isEqualTo("Bearer");
        assertThat(Binding.NONE.claims()).isEmpty();
        assertThat(Binding.of(Map.of("cnf", "x"))).isEqualTo(Binding.NONE);
    }
}
