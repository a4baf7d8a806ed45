package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Test;
import org.latchkey.api.extension.Notice;

public class LetterTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456Z");

    @Test
    public void whatIsReadIsWhatWasWritten() {
        Notice notice =
                new Notice("id", "entity.created", NOW, "root", Map.of("entity", "ada \"ü\" \n", "number", "7"));
        assertThat(Letter.notice(Letter.body(notice))).isEqualTo(notice);
    }

    /** Else the store would refuse the change that it tells of. */
    @Test
    public void r08WhateverTheFactsAreItFitsIntoAnItem() {
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            facts.put(i + "\u0001".repeat(1000), "\u0001".repeat(1 << 16));
        }
        Notice huge = new Notice("\u0001".repeat(100_000), "t".repeat(100_000), NOW, "r".repeat(100_000), facts);
        String body = Letter.body(huge);
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(900_000);
        assertThat(Letter.notice(body).content()).hasSize(201).containsEntry("more", "... (cut)");
        Notice long1 = new Notice("1", "t", NOW, "root", Map.of("text", "x".repeat(1 << 20), "other", "y"));
        assertThat(Letter.notice(Letter.body(long1)).content())
                .containsEntry("other", "y")
                .containsEntry("text", "x".repeat(16_384) + "... (cut)");
    }

    @Test
    public void r08WhatIsNoCharacterIsReplaced() {
        Map<String, String> facts =
                Map.of("a", "x\uD800y\uDC00", "b", "\uD83D\uDD11", "c", "x".repeat(16_383) + "\uD83D\uDD11");
        Map<String, String> read = Letter.notice(Letter.body(new Notice("1", "t", NOW, "root", facts)))
                .content();
        assertThat(read)
                .containsEntry("a", "x\uFFFDy\uFFFD")
                .containsEntry("b", "\uD83D\uDD11")
                .containsEntry("c", "x".repeat(16_383) + "\uFFFD... (cut)");
    }

    @Test
    public void damagedOnesSaySo() {
        for (String body : List.of(
                "", "{", "{}", "[]", "{\"id\":\"1\",\"type\":\"t\",\"at\":\"now\",\"actor\":\"\",\"content\":{}}")) {
            assertThatIllegalArgumentException().as(body).isThrownBy(() -> Letter.notice(body));
        }
    }

    @Test
    public void aDeadLetterHoldsTheNoticeAndWhyItIsDead() {
        Notice notice = new Notice("id", "entity.created", NOW, "root", Map.of());
        assertThat(Letter.dead(Letter.body(notice), "org.x.Slack", 30, "IOException: down", NOW))
                .contains(
                        "\"notifier\":\"org.x.Slack\"",
                        "\"attempts\":30",
                        "IOException: down",
                        "\"notice\":{\"id\":\"id\"");
        assertThat(Letter.dead("{", "org.x.Slack", 0, "damaged", NOW)).contains("\"notice\":\"{\"");
    }
}
