package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;
import org.latchkey.api.Refusal;

public class RefusedTest {

    @Test
    public void aDescriptionHasOnlyTheCharactersThatItMay() {
        assertThat(Refused.of("invalid_request", "No \"quotes\", \\ or ümlauts").json())
                .containsEntry("error_description", "No 'quotes', ? or ?mlauts");
    }

    @Test
    public void whatAPluginRefusesKeepsItsCode() {
        Refused refused = Refused.of(Refusal.of(Refusal.Kind.INVALID, "authorization_pending", "Not yet."));
        assertThat(refused.error()).isEqualTo("authorization_pending");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(Refused.of(Refusal.of(Refusal.Kind.UNAVAILABLE, "x", "y")).status())
                .isEqualTo(503);
    }
}
