package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Transfer.Options.Existing;
import org.latchkey.api.service.Transfer.Options.Trial;

public class TransferRoutesTest {

    private final TestApi api = new TestApi();

    private static FakeRequest lines() {
        return FakeRequest.of("POST", "/v1/import").withBody(TransferRoutes.JSON_LINES, "{}\n{}\n");
    }

    @Test
    public void anImportAnswersWithItsReport() throws IOException {
        assertThat(api.as("root", lines()).json().path("lines").asInt()).isEqualTo(2);
        assertThat(api.transfer.asked).singleElement().satisfies(options -> {
            assertThat(options.existing()).isEqualTo(Existing.REFUSE);
            assertThat(options.trial()).isEqualTo(Trial.STORE);
            assertThat(options.batch()).isEqualTo(500);
        });
    }

    @Test
    public void theQuerySaysHow() throws IOException {
        api.as(
                "root",
                lines().withQuery(
                                Map.of("dry_run", List.of("true"), "update", List.of("true"), "batch", List.of("7"))));
        assertThat(api.transfer.asked).singleElement().satisfies(options -> {
            assertThat(options.existing()).isEqualTo(Existing.UPDATE);
            assertThat(options.trial()).isEqualTo(Trial.DRY_RUN);
            assertThat(options.batch()).isEqualTo(7);
        });
    }

    @Test
    public void whatIsNeitherTrueNorFalseNorANumberIsRefused() throws IOException {
        for (String name : List.of("dry_run", "update", "batch")) {
            TestApi.Reply reply = api.as("root", lines().withQuery(Map.of(name, List.of("yes"))));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.pointer()).isEqualTo("/" + name);
        }
        assertThat(api.transfer.asked).isEmpty();
    }

    @Test
    public void anExportIsWrittenAsItGoes() throws IOException {
        Response response = new TransferRoutes(api.transfer)
                .routes()
                .get(1)
                .handler()
                .handle(new Exchange(FakeRequest.of("GET", "/v1/export"), Exchange.ANONYMOUS, List.of()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        response.content().orElseThrow().writeTo(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("{\"kind\":\"end\"}\n");
    }
}
