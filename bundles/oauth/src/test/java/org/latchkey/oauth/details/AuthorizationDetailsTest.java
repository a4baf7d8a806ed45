package org.latchkey.oauth.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.oauth.Client;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.client.RegisteredClient;

public class AuthorizationDetailsTest {

    private static RegisteredClient client(Map<String, Object> metadata) {
        return new RegisteredClient(new Client("app", metadata, List.of(), false, Set.of()));
    }

    private static AuthorizationDetails of(String text) throws Refused {
        return AuthorizationDetails.of(Optional.of(text));
    }

    @Test
    public void row136_theyAreShownInOrder() throws Exception {
        AuthorizationDetails details = of("[{\"type\":\"payment\",\"to\":\"<b>Bob\",\"amount\":{\"eur\":5}}]");
        details.requireOffered(Set.of("payment"), client(Map.of()));
        assertThat(details.shown())
                .containsExactly(Map.of(
                        "type",
                        "payment",
                        "members",
                        List.of(
                                Map.of("name", "to", "value", "<b>Bob"),
                                Map.of("name", "amount", "value", "{\"eur\":5}"))));
        assertThat(AuthorizationDetails.of(Optional.empty()).isEmpty()).isTrue();
    }

    @Test
    public void o39_whatIsNoneIsRefused() {
        for (String text : List.of(
                "x",
                "{}",
                "{\"type\":\"payment\"}",
                "[]",
                "[1]",
                "[{}]",
                "[{\"type\":1}]",
                "[{\"type\":\"payment\"}] x",
                "[{\"type\":\"payment\",\"type\":\"other\"}]",
                "[{\"type\":\"payment\",\"a\":" + "[".repeat(100) + "]".repeat(100) + "}]",
                "[{\"type\":\"" + "x".repeat(17_000) + "\"}]",
                "[" + "{\"type\":\"payment\"},".repeat(20) + "{\"type\":\"payment\"}]")) {
            Refused no = catchThrowableOfType(Refused.class, () -> of(text));
            assertThat(no).as(text).isNotNull();
            assertThat(no.error()).isEqualTo("invalid_authorization_details");
        }
    }

    @Test
    public void row136_theTypeIsOfferedToTheClient() throws Exception {
        AuthorizationDetails details = of("[{\"type\":\"payment\"}]");
        RegisteredClient other = client(Map.of("authorization_details_types", List.of("account")));
        assertThat(catchThrowableOfType(Refused.class, () -> details.requireOffered(Set.of("payment"), other)))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        Refused.class, () -> details.requireOffered(Set.of("account"), client(Map.of()))))
                .isNotNull();
        details.requireOffered(
                Set.of("payment"), client(Map.of("authorization_details_types", List.of("account", "payment"))));
    }
}
