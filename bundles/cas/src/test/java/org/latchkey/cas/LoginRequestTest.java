package org.latchkey.cas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.cas.LoginRequest.Method;
import org.latchkey.cas.LoginRequest.Protocol;

public class LoginRequestTest {

    private static LoginRequest request(Map<String, List<String>> values) throws Refused {
        return LoginRequest.of(Parameters.of(name -> values.getOrDefault(name, List.of())));
    }

    @Test
    public void C7_C9_gatewayCountsOnlyWithAServiceAndWithoutRenew() throws Refused {
        assertThat(request(Map.of("service", List.of("a"), "gateway", List.of("true")))
                        .gateway())
                .isTrue();
        assertThat(request(Map.of("gateway", List.of("true"))).gateway()).isFalse();
        assertThat(request(Map.of("service", List.of("a"), "gateway", List.of("true"), "renew", List.of("true")))
                        .gateway())
                .isFalse();
    }

    @Test
    public void C6_renewIsSetByAnythingButFalse() throws Refused {
        assertThat(request(Map.of("renew", List.of("true"))).renew()).isTrue();
        assertThat(request(Map.of("renew", List.of("1"))).renew()).isTrue();
        assertThat(request(Map.of("renew", List.of("false"))).renew()).isFalse();
        assertThat(request(Map.of("renew", List.of(""))).renew()).isFalse();
        assertThat(request(Map.of("Renew", List.of("true"))).renew()).isFalse();
    }

    @Test
    public void C_09_aServiceGivenTwiceIsRefused() {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> request(Map.of("service", List.of("a", "b"))));
    }

    @Test
    public void row79_targetStandsForServiceInSaml() throws Refused {
        LoginRequest saml = request(Map.of("TARGET", List.of("a")));
        assertThat(saml.service()).contains("a");
        assertThat(saml.protocol()).isEqualTo(Protocol.SAML);
        assertThat(saml.fields()).containsOnly(Map.entry("TARGET", "a"));
        assertThat(request(Map.of("service", List.of(""))).service()).isEmpty();
    }

    @Test
    public void C_19_anUnknownMethodIsTheUsualOne() throws Refused {
        assertThat(request(Map.of("method", List.of("POST"))).method()).isEqualTo(Method.POST);
        assertThat(request(Map.of("method", List.of("DELETE"))).method()).isEqualTo(Method.GET);
    }
}
