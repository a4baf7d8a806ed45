package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
