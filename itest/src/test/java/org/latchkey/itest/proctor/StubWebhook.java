package org.latchkey.itest.proctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of web hooks that checks signatures as Standard Webhooks wants it. */
public final class StubWebhook extends Stub {

    public static final String KEY = "key=hush-of-the-web-hook";
    public static final String SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("a secret of 24 bytes at least".getBytes(StandardCharsets.UTF_8));

    public String url() {
        return base() + "/hook?" + KEY;
    }

    /** The events that were taken, in order; each has a good signature. */
    public List<JsonNode> events() {
        return taken().stream().map(StubWebhook::checked).toList();
    }

    private static JsonNode checked(Posted posted) {
        try {
            String id = posted.headers().get("webhook-id");
            String signed = id + "." + posted.headers().get("webhook-timestamp") + "." + posted.body();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
            byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            assertThat(posted.headers().get("webhook-signature"))
                    .isEqualTo("v1," + Base64.getEncoder().encodeToString(expected));
            assertThat(posted.headers().get("content-type")).isEqualTo("application/cloudevents+json");
            JsonNode event = new JsonMapper().readTree(posted.body());
            assertThat(event.path("id").asText()).isEqualTo(id);
            return event;
        } catch (GeneralSecurityException | JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }
}
