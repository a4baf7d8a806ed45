package org.latchkey.cas.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.http.Response;

public class JsonAnswersTest {

    private static final Failure FAILURE = new Failure(Failure.Code.INVALID_TICKET, "The ticket is not valid.");

    private final JsonAnswers answers = new JsonAnswers();

    @Test
    public void I7_aSuccessHasTheKeysOfTheProtocolAndNoOthers() {
        assertThat(Document.text(answers.success(TestSuccess.full())))
                .isEqualTo("{\"serviceResponse\":{\"authenticationSuccess\":{\"user\":\"ada\","
                        + "\"proxyGrantingTicket\":\"PGTIOU-1-abc\","
                        + "\"proxies\":[\"https://second.example/pgt\",\"https://first.example/pgt\"],"
                        + "\"attributes\":{\"authenticationDate\":\"2026-05-04T03:02:01.500Z\","
                        + "\"longTermAuthenticationRequestTokenUsed\":true,\"isFromNewLogin\":false,"
                        + "\"mail\":\"ada@example.org\",\"memberOf\":[\"staff\",\"R&D\"]}}}}");
        assertThat(Document.text(answers.success(TestSuccess.withoutAttributes("ada"))))
                .isEqualTo("{\"serviceResponse\":{\"authenticationSuccess\":{\"user\":\"ada\"}}}");
    }

    @Test
    public void I7_aFailureHasCodeAndDescriptionAndNothingElse() {
        String expected = "{\"serviceResponse\":{\"authenticationFailure\":{\"code\":\"INVALID_TICKET\","
                + "\"description\":\"The ticket is not valid.\"}}}";
        assertThat(Document.text(answers.failure(FAILURE))).isEqualTo(expected);
        assertThat(Document.text(answers.proxyFailure(FAILURE))).isEqualTo(expected);
    }

    @Test
    public void C47_aLongLivedSignInIsToldByEveryEndpoint() {
        Success full = TestSuccess.full();
        Success remembered =
                new Success("ada", full.attributes(), false, TestSuccess.NOW, true, false, Optional.empty(), List.of());
        assertThat(Document.text(answers.success(remembered)))
                .contains("\"longTermAuthenticationRequestTokenUsed\":true")
                .doesNotContain("mail");
    }

    @Test
    public void C35_aProxyTicket() {
        assertThat(Document.text(answers.proxySuccess("PT-1")))
                .isEqualTo("{\"serviceResponse\":{\"proxySuccess\":{\"proxyTicket\":\"PT-1\"}}}");
    }

    @Test
    public void C04_whatLooksLikeJsonIsText() {
        assertThat(Document.text(
                        answers.success(TestSuccess.of("a\"},\"user\":\"b\n", Map.of("user", List.of("admin"))))))
                .contains("\"user\":\"a\\\"},\\\"user\\\":\\\"b\\n\"")
                .doesNotContain("admin");
    }

    @Test
    public void nobodysNameDependsOnTheFormat() {
        assertThat(Document.text(answers.success(TestSuccess.of("a\0b\uD800", Map.of()))))
                .contains("\"user\":\"a\uFFFDb\uFFFD\"");
    }

    @Test
    public void I21_theStatusIs200AndTheTypeJson() {
        Response answer = answers.failure(FAILURE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    }
}
