package org.latchkey.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.Test;

public class SignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The example that the reference libraries of Standard Webhooks are tested with. */
    @Test
    public void theExampleOfTheSpecificationIsSignedAsThere() {
        assertThat(Signature.of(SECRET, "")
                        .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    public void whileTheSecretIsChangedBothSign() {
        String previous = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        String both = Signature.of(SECRET, previous).of("id", 1, "{}");
        assertThat(both.split(" "))
                .containsExactly(
                        Signature.of(SECRET, "").of("id", 1, "{}"),
                        Signature.of(previous, "").of("id", 1, "{}"));
    }

    @Test
    public void aSecretThatIsNoneIsRefusedAndNotQuoted() {
        for (String wrong : new String[] {
            "",
            "hunter2",
            "whsec_",
            "whsec_hunter2",
            "whsec_aHVudGVyMg==",
            "whsec_" + "hunter2+".repeat(20),
            "whsec_hunter2!"
        }) {
            assertThatThrownBy(() -> Signature.of(wrong, ""))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(".secret")
                    .hasNoCause()
                    .message()
                    .doesNotContain("hunter2", "aHVudGVy");
            if (!wrong.isEmpty()) {
                assertThatThrownBy(() -> Signature.of(SECRET, wrong)).hasMessageStartingWith(".previousSecret");
            }
        }
        assertThat(Signature.of(SECRET, "")).hasToString("Signature[1]");
    }
}
