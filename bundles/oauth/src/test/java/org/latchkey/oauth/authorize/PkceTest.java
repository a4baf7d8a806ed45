package org.latchkey.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;

public class PkceTest {

    /** RFC 7636, Appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Test
    public void theExampleOfTheRfcFits() throws Refused {
        Pkce.requireFit(Optional.of(CHALLENGE), Optional.of(VERIFIER));
        Pkce.requireFit(Optional.empty(), Optional.empty());
    }

    @Test
    public void O_07_whatDoesNotFitIsRefused() {
        for (String wrong :
                new String[] {"", VERIFIER.substring(1), VERIFIER + "x", CHALLENGE, "a".repeat(129), "ä".repeat(43)}) {
            assertThatThrownBy(() -> Pkce.requireFit(Optional.of(CHALLENGE), Optional.of(wrong)))
                    .isInstanceOf(Refused.class);
        }
        assertThatThrownBy(() -> Pkce.requireFit(Optional.of(CHALLENGE), Optional.empty()))
                .isInstanceOf(Refused.class);
    }

    @Test
    public void O_08_aVerifierThatNobodyAskedForIsRefused() {
        assertThatThrownBy(() -> Pkce.requireFit(Optional.empty(), Optional.of(VERIFIER)))
                .isInstanceOf(Refused.class)
                .satisfies(refused -> assertThat(((Refused) refused).error()).isEqualTo("invalid_grant"));
    }

    @Test
    public void O_07_onlyS256IsOffered() throws Refused {
        Pkce.requireSound(Parameters.ofValues(Map.of("code_challenge", CHALLENGE, "code_challenge_method", "S256")));
        for (Map<String, String> wrong : java.util.List.of(
                Map.of("code_challenge", CHALLENGE),
                Map.of("code_challenge", CHALLENGE, "code_challenge_method", "plain"),
                Map.of("code_challenge", "short", "code_challenge_method", "S256"),
                Map.of("code_challenge_method", "S256"))) {
            assertThatThrownBy(() -> Pkce.requireSound(Parameters.ofValues(wrong)))
                    .as(wrong.toString())
                    .isInstanceOf(Refused.class);
        }
    }
}
