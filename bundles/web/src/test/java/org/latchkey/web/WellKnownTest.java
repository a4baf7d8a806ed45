package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class WellKnownTest {

    @Test
    public void whatIsWellKnownOfAnEndpointIsServedByTheEndpoint() {
        assertThat(WellKnown.ofEndpoint(new RequestPath(".well-known", "/oauth-authorization-server/oidc")))
                .contains(new RequestPath("oidc", "/.well-known/oauth-authorization-server"));
    }

    @Test
    public void allElseIsServedWhereItIsAskedFor() {
        assertThat(WellKnown.ofEndpoint(new RequestPath(".well-known", "/jwks.json")))
                .isEmpty();
        assertThat(WellKnown.ofEndpoint(new RequestPath(".well-known", "/a/b/c")))
                .isEmpty();
        assertThat(WellKnown.ofEndpoint(new RequestPath("oidc", "/a/b"))).isEmpty();
    }
}
