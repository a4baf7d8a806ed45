package org.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.Refusal.Kind;
import org.latchkey.api.http.Response;

public class ProblemTest {

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    public void everyKindOfRefusalHasItsStatus() {
        Map<Kind, Integer> expected = new EnumMap<>(Map.of(
                Kind.INVALID, 400,
                Kind.UNAUTHENTICATED, 401,
                Kind.DENIED, 403,
                Kind.NOT_FOUND, 404,
                Kind.EXISTS, 409,
                Kind.CONFLICT, 409,
                Kind.TOO_LARGE, 413,
                Kind.POLICY, 422,
                Kind.UNAVAILABLE, 503));
        expected.put(Kind.TOO_MANY, 429);
        assertThat(expected).containsOnlyKeys(Kind.values());
        expected.forEach((kind, status) -> assertThat(
                        Problem.of(Refusal.of(kind, "x", "y")).status())
                .as(kind.name())
                .isEqualTo(status));
    }

    @Test
    public void aRefusalBecomesAProblemDocument() {
        assertThat(text(Problem.of(Refusal.invalid("/meta/shell", "No \"such\" shell."))
                        .answer("id1")))
                .isEqualTo("{\"type\":\"urn:latchkey:invalid\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"No \\\"such\\\" shell.\",\"code\":\"invalid\",\"request_id\":\"id1\","
                        + "\"pointer\":\"/meta/shell\"}");
    }

    @Test
    public void aPlainStatusHasNoTypeOfItsOwn() {
        assertThat(text(Problem.of(405, "").answer("id1")))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,"
                        + "\"detail\":\"\",\"code\":\"method-not-allowed\",\"request_id\":\"id1\"}");
    }

    @Test
    public void aCodeThatIsNoNameMakesNoUrn() {
        assertThat(Problem.of(new Refusal("Straße \r\n<x>", "no")).type()).isEqualTo("about:blank");
    }

    @Test
    public void whatIsUnavailableMayBeTriedAgain() {
        assertThat(Problem.of(Refusal.of(Kind.UNAVAILABLE, "x", "y"))
                        .answer("id")
                        .headers())
                .containsEntry("Retry-After", "1");
    }
}
