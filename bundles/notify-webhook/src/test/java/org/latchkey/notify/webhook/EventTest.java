package org.latchkey.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;

/** What others make of it: read by the library of the CloudEvents project, which is strict about the format. */
public class EventTest {

    private static final String SOURCE = "https://id.example.org";

    private static Notice notice(String type, Map<String, String> content) {
        return new Notice("n1", type, Instant.parse("2026-03-01T12:00:00.5Z"), "root", content);
    }

    static CloudEvent read(String json) {
        return new JsonFormat().deserialize(json.getBytes(StandardCharsets.UTF_8));
    }

    private static CloudEvent event(Notice notice, Optional<Topic> topic) {
        return read(Event.of(notice, SOURCE, topic));
    }

    @Test
    public void aNoticeIsACloudEvent() throws IOException {
        CloudEvent event = event(notice("entity.created", Map.of("entity", "ada", "number", "7")), Optional.empty());
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo("n1");
        assertThat(event.getSource()).isEqualTo(URI.create(SOURCE));
        assertThat(event.getType()).isEqualTo("org.latchkey.entity.created");
        assertThat(event.getSubject()).isEqualTo("ada");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-03-01T12:00:00.5Z"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtensionNames()).isEmpty();
        JsonNode data = new JsonMapper()
                .readTree(Objects.requireNonNull(event.getData()).toBytes());
        assertThat(data.toString()).isEqualTo("{\"actor\":\"root\",\"content\":{\"entity\":\"ada\",\"number\":\"7\"}}");
    }

    @Test
    public void theCatalogueSaysWhatTheSubjectIs() {
        Topic topic = new Topic("membership.changed", "x", "group", Map.of("group", "x", "entity", "x"));
        Notice changed = notice("membership.changed", Map.of("group", "staff", "entity", "ada"));
        assertThat(event(changed, Optional.of(topic)).getSubject()).isEqualTo("staff");
        assertThat(event(changed, Optional.empty()).getSubject()).isNull();
    }

    @Test
    public void whatCannotBeASubjectIsInTheDataAlone() {
        for (String subject : new String[] {"", "a\nb", "a\u0000", "a\u0085"}) {
            CloudEvent event = event(notice("entity.created", Map.of("entity", subject)), Optional.empty());
            assertThat(event.getSubject()).isNull();
            assertThat(event.getData()).isNotNull();
        }
    }
}
