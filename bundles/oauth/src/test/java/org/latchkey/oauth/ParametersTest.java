package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ParametersTest {

    @Test
    public void O_04_whatComesTwiceIsRefusedButForResources() throws Refused {
        assertThatThrownBy(() -> Parameters.of(Map.of("state", List.of("a", "b"))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("state");
        assertThat(Parameters.of(Map.of("resource", List.of("a", "b"))).all("resource"))
                .containsExactly("a", "b");
    }

    @Test
    public void oneWithoutAValueCountsAsLeftOut() throws Refused {
        Parameters parameters = Parameters.of(Map.of("scope", List.of("")));
        assertThat(parameters.has("scope")).isFalse();
        assertThatThrownBy(() -> parameters.require("scope")).hasMessageContaining("scope");
    }

    @Test
    public void O_39_whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> Parameters.of(Map.of("claims", List.of("x".repeat(70_000)))))
                .isInstanceOf(Refused.class);
    }

    @Test
    public void nothingOfTheValuesIsShown() throws Refused {
        assertThat(Parameters.of(Map.of("client_secret", List.of("hush"))).toString())
                .doesNotContain("hush");
    }
}
