package org.latchkey.procs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.procs.json.Json;

/** {@code /schedule}. */
public class ScheduleRoutesTest {

    private static final Map<String, List<String>> NONE = Map.of();

    private final Scene scene = new Scene();

    private void refused(Refusal.Kind kind, String pointer, String method, String path, String body) {
        assertThatThrownBy(() -> scene.asks(method, path, NONE, body))
                .as(body)
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(kind);
                    assertThat(refusal.pointer()).isEqualTo(pointer);
                });
    }

    private void malformed(String pointer, ObjectNode wish) {
        refused(Refusal.Kind.INVALID, pointer, "POST", "/schedule", wish.toString());
    }

    private static ObjectNode wish() {
        return Scene.wish("0 3 * * *");
    }

    @Test
    public void row123IsMadeAndShownAsItWasGiven() throws IOException {
        JsonNode made = scene.json(
                "POST",
                "/schedule",
                Scene.wish(" 0  3 * * 1-5").put("userEmail", "root").toString());
        assertThat(made.get("cron").textValue()).as("subtlety 43").isEqualTo(" 0  3 * * 1-5");
        assertThat(made.get("time_zone").textValue()).isEqualTo("UTC");
        assertThat(made.get("userEmail").textValue()).isEqualTo("ada");
        assertThat(made.get("enabled").booleanValue()).isTrue();
        assertThat(made.get("next").textValue()).isEqualTo("2026-01-01T03:00:00Z");
        assertThat(made.get("id").longValue()).isBetween(1L, 1L << 53);
        assertThat(scene.json("GET", "/schedule/" + made.get("id"), "")).isEqualTo(made);
        assertThat(scene.json("GET", "/schedule", "")).hasSize(1).contains(made);
        assertThat(scene.notices("schedule.created")).hasSize(1);
        assertThat(scene.audit.last().details())
                .containsEntry("change", "created")
                .doesNotContainValue("test");
        assertThat(made.has("owner")).isFalse();
    }

    @Test
    public void row123ProctorsComplaints() {
        refused(Refusal.Kind.INVALID, "", "POST", "/schedule", "{\"jobName\":");
        refused(Refusal.Kind.INVALID, "", "POST", "/schedule", "[]");
        malformed("/tags", wish().put("tags", " "));
        malformed("/cron", wish().put("cron", "every day"));
        malformed("/cron", wish().put("cron", "0 0 3 * * *"));
        malformed("/cron", wish().put("cron", "0 0 31 4 *"));
        malformed("/notificationEmails", wish().put("notificationEmails", "nobody"));
        malformed("/notificationEmails", wish().put("notificationEmails", "a@b.c\r\nBcc: d@e.f"));
        malformed("/group", wish().put("group", ""));
        refused(
                Refusal.Kind.NOT_FOUND,
                "",
                "POST",
                "/schedule",
                wish().put("jobName", "none").toString());
    }

    @Test
    public void ourComplaints() {
        malformed("/jobName", wish().without(List.of("jobName")));
        malformed("/name", wish().put("name", "other"));
        malformed("/time_zone", wish().put("time_zone", "Mars/Olympus"));
        malformed("/enabled", wish().put("enabled", "yes"));
        malformed("/args/OTHER", wish().<ObjectNode>set("args", Json.map(Map.of("OTHER", "x"))));
        malformed("/args/STAGE", wish().<ObjectNode>set("args", Json.object().put("STAGE", 1)));
        malformed("/every", wish().put("every", "day"));
    }

    @Test
    public void row123TheSameTwiceIsAConflict() throws IOException {
        long id = scene.made("0 3 * * *");
        refused(
                Refusal.Kind.EXISTS,
                "",
                "POST",
                "/schedule",
                Scene.wish("0  3 * * *").put("tags", "other").toString());
        scene.made("0 4 * * *");
        scene.asks(
                "POST",
                "/schedule",
                NONE,
                wish().put("time_zone", "Europe/Berlin").toString());
        scene.asks("POST", "/schedule", NONE, wish().put("enabled", false).toString());
        scene.asks("PATCH", "/schedule/" + id, NONE, "{\"enabled\":false}");
        long other = scene.made("0 3 * * *");
        refused(Refusal.Kind.EXISTS, "", "PATCH", "/schedule/" + id, "{\"enabled\":true}");
        scene.asks("DELETE", "/schedule/" + other, NONE, "");
        assertThat(scene.json("PATCH", "/schedule/" + id, "{\"enabled\":true}")
                        .get("enabled")
                        .booleanValue())
                .isTrue();
    }

    @Test
    public void row123ListsAndUnknownIds() throws IOException {
        assertThat(scene.asks("GET", "/schedule", NONE, "").status()).isEqualTo(204);
        long id = scene.made("0 3 * * *");
        scene.asks("PATCH", "/schedule/" + id, NONE, "{\"enabled\":false}");
        assertThat(scene.asks("GET", "/schedule", NONE, "").status()).isEqualTo(204);
        Response all = scene.asks("GET", "/schedule", Map.of("enabled", List.of("any")), "");
        JsonNode list = Json.stored(new String(all.body(), StandardCharsets.UTF_8));
        assertThat(list).hasSize(1);
        assertThat(list.get(0).has("next")).isFalse();
        assertThatThrownBy(() -> scene.asks("GET", "/schedule", Map.of("enabled", List.of("maybe")), ""))
                .isInstanceOf(Refusal.class);
        for (String method : List.of("GET", "DELETE", "PUT", "PATCH")) {
            refused(Refusal.Kind.NOT_FOUND, "", method, "/schedule/123", wish().toString());
            refused(Refusal.Kind.INVALID, "", method, "/schedule/x1", wish().toString());
            refused(Refusal.Kind.INVALID, "", method, "/schedule/99999999999999999", wish().toString());
        }
    }

    @Test
    public void row123ChangesAndDeletes() throws IOException {
        long id = scene.made("0 3 * * *");
        JsonNode changed = scene.json(
                "PUT",
                "/schedule/" + id,
                Scene.wish("0 5 * * *").put("time_zone", "Asia/Tokyo").toString());
        assertThat(changed.get("next").textValue()).isEqualTo("2026-01-01T20:00:00Z");
        refused(Refusal.Kind.INVALID, "/tags", "PUT", "/schedule/" + id, "{\"jobName\":\"deploy\"}");
        refused(Refusal.Kind.INVALID, "/jobName", "PATCH", "/schedule/" + id, "{\"jobName\":\"other\"}");
        refused(Refusal.Kind.INVALID, "/name", "PATCH", "/schedule/" + id, "{\"name\":\"other\"}");
        refused(Refusal.Kind.INVALID, "", "PATCH", "/schedule/" + id, "[1]");
        Response removed = scene.asks("DELETE", "/schedule/" + id, NONE, "");
        assertThat(removed.status()).as("as Proctor's client wants it").isEqualTo(200);
        refused(Refusal.Kind.NOT_FOUND, "", "DELETE", "/schedule/" + id, "");
        assertThat(scene.notices("schedule.removed")).hasSize(1);
    }

    @Test
    public void row102OutsidersNeitherSeeNorTouch() throws IOException {
        long id = scene.made("0 3 * * *");
        scene.visitor = scene.ofDirectory("bob");
        assertThat(scene.asks("GET", "/schedule", NONE, "").status()).isEqualTo(204);
        refused(
                Refusal.Kind.DENIED,
                "",
                "POST",
                "/schedule",
                Scene.wish("0 9 * * *").toString());
        for (String method : List.of("GET", "DELETE", "PUT", "PATCH")) {
            refused(Refusal.Kind.DENIED, "", method, "/schedule/" + id, wish().toString());
        }
        assertThat(scene.audit.last().type()).isEqualTo("procs.denied");
        assertThat(scene.schedules.all()).hasSize(1);
    }

    @Test
    public void nothingChangesThatCannotBeAudited() {
        scene.audit.breakDown();
        refused(Refusal.Kind.UNAVAILABLE, "", "POST", "/schedule", wish().toString());
        assertThat(scene.schedules.all()).isEmpty();
    }
}
