package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.service.Receipt;

public class AuditRoutesTest {

    private final TestApi api = new TestApi();

    private void happens(String request, String subject) {
        List<Receipt.Ran> ran =
                List.of(new Receipt.Ran("EntityCreate", "org.example.Hook", "org.example", "1.2.3", "refused:no"));
        api.audit.append(new Receipt(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        "entity-create",
                        request,
                        "root",
                        subject,
                        "127.0.0.1",
                        "refused:no",
                        ran,
                        Map.of("EntityCreate", 7L))
                .event());
    }

    @Test
    public void theEntriesOfARequestComeInOrder() throws IOException {
        happens("r1", "alice");
        happens("r2", "bob");
        happens("r1", "carol");
        JsonNode json = api.as(
                        "root", FakeRequest.of("GET", "/v1/audit").withQuery(Map.of("request_id", List.of("r1"))))
                .json();
        assertThat(json.path("entries"))
                .extracting(each -> each.path("subject").asText())
                .containsExactly("alice", "carol");
        assertThat(json.at("/entries/0").toString())
                .isEqualTo(
                        "{\"seq\":1,\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"entity-create\",\"request_id\":\"r1\","
                                + "\"actor\":\"root\",\"subject\":\"alice\",\"address\":\"127.0.0.1\",\"details\":{"
                                + "\"outcome\":\"refused:no\",\"ran\":[{\"place\":\"EntityCreate\",\"extension\":"
                                + "\"org.example.Hook\",\"plugin\":\"org.example\",\"version\":\"1.2.3\",\"verdict\":"
                                + "\"refused:no\"}],\"micros\":{\"EntityCreate\":7}},\"hash\":\"\"}");
    }

    @Test
    public void pagesBeginWithTheNewest() throws IOException {
        for (int i = 0; i < 5; i++) {
            happens("r" + i, "e" + i);
        }
        FakeRequest request = FakeRequest.of("GET", "/v1/audit");
        JsonNode first =
                api.as("root", request.withQuery(Map.of("limit", List.of("3")))).json();
        assertThat(first.path("entries"))
                .extracting(each -> each.path("seq").asInt())
                .containsExactly(5, 4, 3);
        JsonNode second = api.as(
                        "root",
                        request.withQuery(
                                Map.of("cursor", List.of(first.path("next").asText()))))
                .json();
        assertThat(second.path("entries"))
                .extracting(each -> each.path("seq").asInt())
                .containsExactly(2, 1);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    public void explainTellsWhatWouldRun() throws IOException {
        String body = "{\"operation\":\"entity-create\",\"id\":\"alice\"}";
        JsonNode json = api.asRoot("POST", "/explain", body).json();
        assertThat(json.at("/operation").asText()).isEqualTo("entity-create");
        assertThat(json.at("/would_run/0/plugin").asText()).isEqualTo("org.example");
        assertThat(api.asRoot("POST", "/explain", "{\"operation\":\"x\"}").status())
                .isEqualTo(400);
    }
}
