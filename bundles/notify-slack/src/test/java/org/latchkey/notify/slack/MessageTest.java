package org.latchkey.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;

public class MessageTest {

    private static final JsonMapper JSON = new JsonMapper();

    static Notice notice(String type, String actor, Map<String, String> content) {
        return new Notice("n1", type, Instant.EPOCH, actor, content);
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = MessageTest.class.getResourceAsStream(name)) {
            return JSON.readTree(in);
        }
    }

    private static JsonNode message(Notice notice, Optional<Topic> topic) throws IOException {
        return JSON.readTree(Message.of(notice, topic));
    }

    private static JsonNode message(Notice notice) throws IOException {
        return message(notice, Optional.empty());
    }

    /** Also row 113: what is named like a secret among the arguments is hidden. */
    @Test
    public void row112AnExecutionIsASectionWithSortedFields() throws IOException {
        Notice execution = notice(
                "EXECUTION_EVENT",
                "ada@example.org",
                Map.of(
                        "JobName", "backup",
                        "ExecutionID", "4711",
                        "Status", "CREATED",
                        "ImageTag", "example/backup:1.4",
                        "Args", "{\"DATE\":\"2026-03-01\",\"DB_PASSWORD\":\"hunter2\"}"));
        assertThat(message(execution)).isEqualTo(golden("execution.json"));
    }

    @Test
    public void row112WhatIsUnknownIsAPlainText() throws IOException {
        Notice unknown = notice("lamp.lit", "ada@example.org", Map.of("room", "2", "colour", "green & blue"));
        assertThat(message(unknown)).isEqualTo(golden("unknown.json"));
    }

    @Test
    public void row112MoreThanTenFieldsAreSplit() throws IOException {
        Notice finished = notice(
                "execution.finished",
                "ada",
                Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "", "f", "6", "g", "7"));
        assertThat(message(finished)).isEqualTo(golden("split.json"));
    }

    @Test
    public void nobodyCanMentionOrLink() throws IOException {
        Notice locked =
                notice("entity.locked", "<!channel>", Map.of("entity", "<https://evil.example|ada> &amp; <@U1>"));
        Topic topic = new Topic("entity.locked", "An entity was locked.", "entity", Map.of("entity", "its id"));
        assertThat(message(locked, Optional.of(topic))).isEqualTo(golden("known.json"));
        assertThat(Message.of(locked, Optional.empty())).doesNotContain("<", ">");
    }

    @Test
    public void slacksLimitsAreKeptAndACutIsSeen() throws IOException {
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            facts.put("k".repeat(2500) + i, "<".repeat(5000));
        }
        JsonNode blocks =
                message(notice("execution.finished", "a".repeat(9000), facts)).path("blocks");
        assertThat(blocks).hasSize(50);
        assertThat(blocks.get(0).path("text").path("text").asText())
                .endsWith("... (cut)")
                .hasSizeLessThanOrEqualTo(3000);
        assertThat(blocks.get(49).path("text").path("text").asText()).isEqualTo("... and 755 more details");
        for (JsonNode block : blocks) {
            assertThat(block.path("fields")).hasSizeLessThanOrEqualTo(10);
            for (JsonNode field : block.path("fields")) {
                assertThat(field.path("text").asText().length()).isBetween(1, 2000);
                assertThat(field.path("text").asText()).contains("... (cut)");
            }
        }
        String plain = message(notice("other", "ada", facts)).path("text").asText();
        assertThat(plain).hasSizeLessThanOrEqualTo(4000).endsWith("... (cut)");
    }
}
