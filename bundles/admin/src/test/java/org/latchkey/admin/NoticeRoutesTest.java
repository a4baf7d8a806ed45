package org.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class NoticeRoutesTest {

    private final TestApi api = new TestApi();

    private TestApi.Reply replay(String body) throws IOException {
        return api.as("root", FakeRequest.of("POST", "/v1/notices/dead/replay").withBody(Route.JSON, body));
    }

    private TestApi.Reply drop(Map<String, List<String>> query) throws IOException {
        return api.as("root", FakeRequest.of("DELETE", "/v1/notices/dead").withQuery(query));
    }

    @Test
    public void row108TheCatalogueIsThere() throws IOException {
        assertThat(api.asRoot("GET", "/notices").text())
                .isEqualTo(
                        "{\"notices\":[{\"type\":\"x.happened\",\"when\":\"Something happened.\",\"subject\":\"what\","
                                + "\"facts\":{\"what\":\"the thing\"},\"plugin\":\"org.example\"}]}");
    }

    @Test
    public void deadLettersAreShownWithWhatTheyAreAbout() throws IOException {
        assertThat(api.asRoot("GET", "/notices/dead").json().path("letters"))
                .hasSize(2)
                .first()
                .satisfies(letter -> {
                    assertThat(letter.path("id").asText()).isEqualTo("1");
                    assertThat(letter.path("notice")
                                    .path("content")
                                    .path("what")
                                    .asText())
                            .isEqualTo("it");
                });
        assertThat(api.as(
                                "root",
                                FakeRequest.of("GET", "/v1/notices/dead")
                                        .withQuery(Map.of("notifier", List.of("other"))))
                        .json()
                        .path("letters"))
                .isEmpty();
    }

    @Test
    public void oneOrAllOfANotifierAreReplayed() throws IOException {
        assertThat(replay("{\"notifier\":\"org.mail.Main\",\"id\":\"2\"}").text())
                .isEqualTo("{\"replayed\":1}");
        assertThat(replay("{\"notifier\":\"org.mail.Main\"}").text()).isEqualTo("{\"replayed\":1}");
        assertThat(replay("{\"notifier\":\"org.mail.Main\",\"id\":\"2\"}").status())
                .isEqualTo(404);
        assertThat(replay("{}").status()).isEqualTo(400);
        assertThat(api.notices.done).containsExactly("replay by root", "replay by root");
    }

    @Test
    public void whoDropsSaysWhose() throws IOException {
        assertThat(drop(Map.of()).status()).isEqualTo(400);
        assertThat(drop(Map.of("notifier", List.of("org.mail.Main"), "id", List.of("1")))
                        .text())
                .isEqualTo("{\"dropped\":1}");
        assertThat(drop(Map.of("notifier", List.of("org.mail.Main"))).text()).isEqualTo("{\"dropped\":1}");
        assertThat(api.notices.ids).isEmpty();
    }
}
