package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;

public class WellKnownEndpointTest {

    private final WellKnownEndpoint wellKnown = new WellKnownEndpoint(new FakeAuth());

    @Test
    public void a20_theKeySetMayBeKeptForFiveMinutes() {
        Response response = wellKnown.handle(FakeRequest.of("GET", "/jwks.json"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("Cache-Control", "public, max-age=300")
                .containsEntry("Content-Type", "application/jwk-set+json");
        assertThat(new String(response.body())).isEqualTo("{\"keys\":[]}");
    }

    @Test
    public void thereIsNothingElse() {
        assertThatThrownBy(() -> wellKnown.handle(FakeRequest.of("GET", "/other")))
                .isInstanceOf(Refusal.class);
        assertThat(wellKnown.handle(FakeRequest.of("PUT", "/jwks.json")).status())
                .isEqualTo(405);
    }
}
